"""The settings of database and cache in the words of their components: for the stack that makes them, and before."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.cache_args import CacheArgs
from components.cache_engine import CacheEngine
from components.cache_options import CacheAuth, Serverless
from components.credentials import Credentials
from components.database_args import DatabaseArgs
from components.database_options import NO_ROTATION, NoRotation, Proxy, Restore, Rotation
from components.engine import Engine
from stacks.settings.cache import Cache
from stacks.settings.database import Database
from stacks.settings.root import Settings


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where they stand: `function_subnet_ids` is where the function that changes passwords does."""

    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    function_subnet_ids: pulumi.Input[Sequence[str]]
    kms_key_arn: pulumi.Input[str]


def database_args(
    settings: Settings, db: Database, place: Place, availability_zones: Sequence[str]
) -> DatabaseArgs:
    """Everything that the settings say of the database itself; a cluster's storage does not grow."""
    return DatabaseArgs(
        engine=Engine(db.engine),
        engine_version=db.engine_version,
        instance_class=db.instance_class,
        storage_gb=db.storage_gb,
        max_storage_gb=db.storage_gb if db.clustered else db.max_storage_gb,
        multi_az=db.multi_az,
        failover_seconds=db.failover_seconds,
        replicas=db.replicas,
        vpc_id=place.vpc_id,
        subnet_ids=place.subnet_ids,
        availability_zones=availability_zones,
        kms_key_arn=place.kms_key_arn,
        backup_retention_days=db.backup_retention_days,
        apply_immediately=db.apply_immediately,
        deletion_protection=settings.protection.enabled,
        final_snapshot=db.final_snapshot,
        parameters={**db.parameters, "max_connections": str(db.max_connections)},
        credentials=Credentials(db.credentials) if db.credentials else None,
        rotation=_rotation(db, place),
        iam_authentication=db.iam_authentication,
        proxy=_proxy(db),
        restore=Restore(snapshot_identifier=db.restore_snapshot) if db.restore_snapshot else None,
        performance_insights=db.performance_insights,
        monitoring_interval_seconds=db.monitoring_interval_seconds,
        log_retention_days=db.log_retention_days,
        database_name=db.database_name,
        username=db.username,
        secret_recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )


def cache_args(settings: Settings, cache: Cache, place: Place) -> CacheArgs:
    """A serverless cache has no shards, no replicas, no parameters of its own, and knows no token."""
    nodes = cache.serverless is None
    return CacheArgs(
        engine=CacheEngine(cache.engine),
        engine_version=cache.engine_version,
        node_type=cache.node_type if nodes else None,
        replicas=cache.replicas if nodes else None,
        shards=cache.shards if nodes else 1,
        multi_az=cache.multi_az if nodes else None,
        parameters=cache.parameters if nodes else {},
        serverless=None if cache.serverless is None else Serverless(**cache.serverless.model_dump()),
        auth=CacheAuth(cache.auth) if nodes else CacheAuth.RBAC,
        vpc_id=place.vpc_id,
        subnet_ids=place.subnet_ids,
        kms_key_arn=place.kms_key_arn,
        snapshot_retention_days=cache.snapshot_retention_days,
        log_retention_days=cache.log_retention_days,
        secret_recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )


def _rotation(db: Database, place: Place) -> Rotation | NoRotation:
    """The function stands beside the tasks: from there it reaches the database and Secrets Manager."""
    if db.rotation_days is None:
        return NO_ROTATION
    return Rotation(days=db.rotation_days, function_subnet_ids=place.function_subnet_ids)


def _proxy(db: Database) -> Proxy | None:
    pooler = db.pooler
    if pooler is None:
        return None
    most = pooler.max_connections_percent
    return Proxy(iam=pooler.iam, max_connections_percent=most, max_idle_connections_percent=most // 2)
