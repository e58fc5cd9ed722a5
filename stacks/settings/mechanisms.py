"""What the settings choose that can bring something back, and what they promise: for `stacks.recovery`."""

from collections.abc import Mapping

from stacks.recovery.mechanisms import (
    Application,
    BackupPlan,
    Cache,
    CacheMode,
    Database,
    DnsFailover,
    Dump,
    Engine,
    Mechanisms,
    Objects,
    SecondRegion,
    Shape,
)
from stacks.recovery.objectives import Objective, Objectives, Targets, objectives
from stacks.settings import cache as settings_of_cache
from stacks.settings import database as settings_of_database
from stacks.settings.recovery import Recovery
from stacks.settings.regions import another
from stacks.settings.root import Settings
from stacks.settings.service import Service

MINUTE = 60


def chosen(settings: Settings) -> Mechanisms:
    """The mechanisms of one stack."""
    return Mechanisms(
        application=_application(settings),
        database=_database(settings, settings.database) if settings.database else None,
        cache=_cache(settings, settings.cache) if settings.cache else None,
        objects=Objects(
            replicated_to_second_region=settings.regions.uploads,
            time_control=settings.regions.uploads_time_control,
        ),
        second_region=_second_region(settings),
    )


def promised(settings: Settings) -> Objectives:
    """What the section `recovery` and `database.failover_seconds` promise."""
    said = settings.recovery
    table = Targets(
        application=_objective(said, "application"),
        database=_objective(said, "database"),
        cache=_objective(said, "cache"),
        whole=_objective(said, "whole"),
    )
    return objectives(
        table,
        region=Targets(whole=_objective(said, "region")),
        database_failover_seconds=settings.database.failover_seconds if settings.database else None,
    )


def _objective(said: Recovery, part: str) -> Objective:
    return Objective(
        rto_seconds=_seconds(getattr(said, f"{part}_rto_minutes")),
        rpo_seconds=_seconds(getattr(said, f"{part}_rpo_minutes")),
    )


def _seconds(minutes: float | None) -> int | None:
    return None if minutes is None else int(minutes * MINUTE)


def _application(settings: Settings) -> Application:
    """The weakest of the services."""
    names: Mapping[str, Service] = settings.services
    name, weakest = min(names.items(), key=lambda item: (_least(item[1]), -item[1].health_seconds))
    return Application(
        setting=f"services.{name}",
        scaled=weakest.scaling is not None,
        tasks=_least(weakest),
        zones=settings.network.az_count,
        health_seconds=weakest.health_seconds,
        deregistration_seconds=settings.gateway.deregistration_seconds,
        tasks_in_second_region=settings.regions.standby_tasks if settings.regions.standby else 0,
    )


def _least(service: Service) -> int:
    return service.scaling.min if service.scaling else service.desired_count


def _database(settings: Settings, db: settings_of_database.Database) -> Database:
    regions, dump = settings.regions, settings.backup.dump
    plan = BackupPlan(copied_to_second_region=regions.backups)
    return Database(
        storage_gib=db.storage_gb,
        engine=Engine(db.engine),
        shape=_shape(db),
        point_in_time_days=db.backup_retention_days,
        replicas=db.replicas,
        backups_copied_to_second_region=regions.database == "backups",
        replica_in_second_region=regions.database == "replica",
        plans=(plan,) if settings.backup.plan else (),
        dump=None if dump is None else Dump(to_second_region=regions.dumps),
    )


def _shape(db: settings_of_database.Database) -> Shape:
    if not db.multi_az:
        return Shape.INSTANCE
    return Shape.MULTI_AZ_CLUSTER if db.clustered else Shape.MULTI_AZ_INSTANCE


def _cache(settings: Settings, cache: settings_of_cache.Cache) -> Cache:
    return Cache(
        mode=_mode(cache),
        replicas=cache.replicas,
        automatic_failover=cache.automatic_failover,
        multi_az=cache.multi_az,
        snapshot_retention_days=cache.snapshot_retention_days,
        # Where nothing is promised of its content, nobody misses it.
        rebuildable=settings.recovery.cache_rpo_minutes is None,
    )


def _mode(cache: settings_of_cache.Cache) -> CacheMode:
    if cache.serverless is not None:
        return CacheMode.SERVERLESS
    if cache.shards > 1:
        return CacheMode.CLUSTER
    return CacheMode.REPLICATED if cache.replicas else CacheMode.SINGLE


def _second_region(settings: Settings) -> SecondRegion:
    regions = settings.regions
    return SecondRegion(
        name=regions.second,
        proposal=another(settings.region),
        standby=regions.standby,
        dns_failover=DnsFailover() if regions.standby else None,
    )
