"""What the database's and the cache's component would refuse when the rest of the stack already stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from components import cache_plan, database_plan
from components.cache_args import CacheArgs
from components.cache_engine import CacheEngine
from components.cache_options import CacheAuth, Serverless
from components.credentials import Credentials
from components.database_args import DatabaseArgs
from components.database_options import NO_ROTATION, NoRotation, Proxy, Rotation
from components.engine import Engine
from stacks.settings import cache as settings_of_cache
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.contradictions.cache import cache
from stacks.settings.contradictions.database import database
from stacks.settings.database import Database
from stacks.settings.problem import Problem
from stacks.settings.root import Settings

# Where they stand decides nothing of what is checked.
SOMEWHERE: Mapping[str, Any] = {"vpc_id": "vpc", "subnet_ids": ("a", "b", "c"), "kms_key_arn": "key"}


def plans(settings: Settings) -> Iterator[Problem]:
    """Engines, classes, parameters and modes that do not go together; only where the settings' own checks pass."""
    if (db := settings.database) is not None and not list(database(settings)):
        where = f"{settings.prefix}-database"
        yield from refused(
            "database", ("database",), lambda: database_plan.decide(where, _database(settings, db))
        )
    if (store := settings.cache) is not None and not list(cache(settings)):
        where = f"{settings.prefix}-cache"
        yield from refused("cache", ("cache",), lambda: cache_plan.decide(where, _cache(store)))


def _database(settings: Settings, db: Database) -> DatabaseArgs:
    zones = [f"{settings.region}{letter}" for letter in "abc"[: settings.network.az_count]]
    return DatabaseArgs(
        **SOMEWHERE,
        engine=Engine(db.engine),
        engine_version=db.engine_version,
        instance_class=db.instance_class,
        storage_gb=db.storage_gb,
        max_storage_gb=db.storage_gb if db.clustered else db.max_storage_gb,
        multi_az=db.multi_az,
        failover_seconds=db.failover_seconds,
        replicas=db.replicas,
        availability_zones=zones,
        backup_retention_days=db.backup_retention_days,
        deletion_protection=settings.protection.enabled,
        final_snapshot=db.final_snapshot,
        parameters=db.parameters,
        credentials=Credentials(db.credentials) if db.credentials else None,
        rotation=_rotation(db),
        proxy=None if db.pooler is None else Proxy(iam=db.pooler.iam),
        performance_insights=db.performance_insights,
        monitoring_interval_seconds=db.monitoring_interval_seconds,
        database_name=db.database_name,
        username=db.username,
    )


def _rotation(db: Database) -> Rotation | NoRotation:
    if db.rotation_days is None:
        return NO_ROTATION
    return Rotation(days=db.rotation_days, function_subnet_ids=SOMEWHERE["subnet_ids"])


def _cache(cache: settings_of_cache.Cache) -> CacheArgs:
    bounds, nodes = cache.serverless, cache.serverless is None
    return CacheArgs(
        **SOMEWHERE,
        engine=CacheEngine(cache.engine),
        engine_version=cache.engine_version,
        node_type=cache.node_type if nodes else None,
        replicas=cache.replicas if nodes else None,
        shards=cache.shards if nodes else 1,
        multi_az=cache.multi_az if nodes else None,
        parameters=cache.parameters if nodes else {},
        serverless=None if bounds is None else Serverless(**bounds.model_dump()),
        auth=CacheAuth(cache.auth) if nodes else CacheAuth.RBAC,
        snapshot_retention_days=cache.snapshot_retention_days,
    )
