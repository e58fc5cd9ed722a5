"""What was chosen and does not help, and why: the mistakes that are made about backups."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.recovery.mechanisms import Cache, Database, Mechanisms, Objects, Shape
from stacks.recovery.scope import Scope, Store


def unhelpful(mechanisms: Mechanisms, store: Store, scope: Scope) -> tuple[str, ...]:
    """A sentence per thing that one might have counted on in vain."""
    said: list[str] = []
    if store in (Store.DATABASE, Store.WHOLE) and mechanisms.database is not None:
        said += _database(mechanisms.database, scope)
    if store in (Store.CACHE, Store.WHOLE) and mechanisms.cache is not None:
        said += _cache(mechanisms.cache, scope)
    if store in (Store.OBJECTS, Store.WHOLE) and mechanisms.objects is not None:
        said += _objects(mechanisms.objects, scope)
    return tuple(said)


def _database(database: Database, scope: Scope) -> Iterator[str]:
    followers = database.replicas or database.replica_in_second_region or database.shape is not Shape.INSTANCE
    if scope is Scope.MISTAKE and followers:
        yield "standbys and replicas copy a mistake within seconds"
    if scope is Scope.REGION:
        yield from _left_behind(database)


def _left_behind(database: Database) -> Iterator[str]:
    if database.shape is Shape.MULTI_AZ_CLUSTER:
        yield "neither backups nor snapshots of a Multi-AZ DB cluster can be copied to another region"
    elif database.point_in_time_days > 0 and not database.backups_copied_to_second_region:
        yield "backups that lie in one region are lost with it"
    if database.dump is not None and not database.dump.to_second_region:
        yield "the dump lies in the same region"


def _cache(cache: Cache, scope: Scope) -> Iterator[str]:
    if cache.rebuildable:
        return
    if scope is not Scope.REGION and cache.snapshot_retention_days > 0:
        yield "ElastiCache takes one snapshot a day"
    if scope is Scope.ZONE and cache.replicas > 0 and not cache.multi_az:
        yield "replicas in the primary's zone are lost with it"
    if scope is Scope.MISTAKE and cache.replicas > 0:
        yield "replicas of the cache copy a mistake at once"
    if scope is Scope.REGION:
        yield "what was in the cache never leaves its region"


def _objects(objects: Objects, scope: Scope) -> Iterator[str]:
    if scope is Scope.MISTAKE and not objects.versioned:
        yield "without versions an overwritten object is gone"
    if scope is Scope.REGION and not objects.replicated_to_second_region:
        yield "three zones of one region are lost together"
