"""What remembers: the database and the cache."""

from dataclasses import dataclass

from components.cache import Cache, CacheArgs, CacheEngine
from components.credentials import Credentials
from components.database import NO_ROTATION, Database, DatabaseArgs, Engine
from stacks.parts.ground import Ground
from stacks.settings import cache as settings_of_cache
from stacks.settings import database as settings_of_database
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Data:
    """The database stands in the database tier, which has no route to the internet; so does the cache, unless told."""

    database: Database | None
    cache: Cache | None


def keep_data(settings: Settings, ground: Ground) -> Data:
    """The database and the cache of the environment."""
    return Data(
        database=None if settings.database is None else _database(settings, settings.database, ground),
        cache=None if settings.cache is None else _cache(settings, settings.cache, ground),
    )


def _database(settings: Settings, db: settings_of_database.Database, ground: Ground) -> Database:
    args = DatabaseArgs(
        engine=Engine(db.engine),
        engine_version=db.engine_version,
        instance_class=db.instance_class,
        storage_gb=db.storage_gb,
        max_storage_gb=db.max_storage_gb,
        multi_az=db.multi_az,
        replicas=db.replicas,
        vpc_id=ground.network.vpc_id,
        subnet_ids=ground.network.database_subnet_ids,
        availability_zones=ground.network.availability_zones,
        kms_key_arn=ground.key.arn,
        backup_retention_days=db.backup_retention_days,
        apply_immediately=db.apply_immediately,
        deletion_protection=settings.protection.enabled,
        final_snapshot=db.final_snapshot,
        parameters={**db.parameters, "max_connections": str(db.max_connections)},
        credentials=Credentials(db.credentials) if db.credentials else None,
        rotation=NO_ROTATION,
        performance_insights=db.performance_insights,
        monitoring_interval_seconds=db.monitoring_interval_seconds,
        log_retention_days=db.log_retention_days,
        database_name=db.database_name,
        username=db.username,
        secret_recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Database(f"{settings.prefix}-database", args)


def _cache(settings: Settings, cache: settings_of_cache.Cache, ground: Ground) -> Cache:
    network = ground.network
    tiers = {"private": network.private_subnet_ids, "database": network.database_subnet_ids}
    args = CacheArgs(
        engine=CacheEngine(cache.engine),
        engine_version=cache.engine_version,
        node_type=cache.node_type,
        replicas=cache.replicas,
        shards=cache.shards,
        multi_az=cache.multi_az,
        vpc_id=network.vpc_id,
        subnet_ids=tiers[cache.subnet_tier],
        kms_key_arn=ground.key.arn,
        snapshot_retention_days=cache.snapshot_retention_days,
        parameters=cache.parameters,
        log_retention_days=cache.log_retention_days,
        secret_recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Cache(f"{settings.prefix}-cache", args)
