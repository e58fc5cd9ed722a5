"""What can be changed about the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from components.failover_seconds import MULTI_AZ_CLUSTER, MULTI_AZ_INSTANCE
from stacks.recovery.mechanisms import Database, Mechanisms, Shape
from stacks.recovery.remedy import Change, Cost, Step
from stacks.recovery.scope import Scope
from stacks.recovery.steps.region import chosen, named, stand_by, then

_DAYS = 7


def database_steps(mechanisms: Mechanisms, scope: Scope) -> Iterator[Step]:
    """The steps that are not yet taken and can matter in `scope`."""
    database = mechanisms.database
    if database is None:
        return
    if database.point_in_time_days == 0:
        yield _backups()
    if scope is Scope.ZONE:
        yield from failover_steps(mechanisms)
    if scope is Scope.REGION:
        yield from _elsewhere(mechanisms, database)


def failover_steps(mechanisms: Mechanisms, within_seconds: int = MULTI_AZ_CLUSTER) -> Iterator[Step]:
    """A standby, and a cluster that is promised to fail over `within_seconds`."""
    database = mechanisms.database
    if database is None:
        return
    if database.shape is Shape.INSTANCE:
        yield _standby()
    if database.shape is not Shape.MULTI_AZ_CLUSTER:
        yield _cluster(database, within_seconds)


def _backups() -> Step:
    return Step(
        changes=(Change(path="database.backup_retention_days", value=_DAYS),),
        cost=Cost.STORAGE,
        apply=_with(lambda database: replace(database, point_in_time_days=_DAYS)),
    )


def _standby() -> Step:
    return Step(
        changes=(Change(path="database.multi_az", value=True),),
        cost=Cost.INSTANCE,
        apply=_with(lambda database: replace(database, shape=Shape.MULTI_AZ_INSTANCE)),
    )


def _cluster(database: Database, within_seconds: int) -> Step:
    """A cluster has readers instead of replicas, and always has backups."""
    promised = within_seconds if MULTI_AZ_CLUSTER <= within_seconds < MULTI_AZ_INSTANCE else MULTI_AZ_CLUSTER
    changes = [
        Change(path="database.multi_az", value=True),
        Change(path="database.failover_seconds", value=promised),
    ]
    if database.replicas:
        changes.append(Change(path="database.replicas", value=0))
    if not database.point_in_time_days:
        changes.append(Change(path="database.backup_retention_days", value=_DAYS))
    return Step(changes=tuple(changes), cost=Cost.CLUSTER, apply=_with(_clustered))


def _clustered(database: Database) -> Database:
    days = database.point_in_time_days or _DAYS
    return replace(database, shape=Shape.MULTI_AZ_CLUSTER, replicas=0, point_in_time_days=days)


def _elsewhere(mechanisms: Mechanisms, database: Database) -> Iterator[Step]:
    if database.shape is Shape.MULTI_AZ_CLUSTER:
        yield _back_to_a_standby()
    if not database.backups_copied_to_second_region and not database.replica_in_second_region:
        yield _copied(mechanisms)
    if not database.replica_in_second_region:
        yield _followed(mechanisms)
    if database.dump is not None and not database.dump.to_second_region:
        yield _dumps_copied(mechanisms)


def _back_to_a_standby() -> Step:
    return Step(
        changes=(Change(path="database.failover_seconds", value=MULTI_AZ_INSTANCE),),
        cost=Cost.NOTHING,
        apply=_with(lambda database: replace(database, shape=Shape.MULTI_AZ_INSTANCE)),
    )


def _copied(mechanisms: Mechanisms) -> Step:
    return Step(
        changes=named(mechanisms, Change(path="regions.database", value="backups")),
        cost=Cost.COPIES,
        apply=then(chosen, _with(lambda database: replace(database, backups_copied_to_second_region=True))),
    )


def _dumps_copied(mechanisms: Mechanisms) -> Step:
    return Step(
        changes=named(mechanisms, Change(path="regions.dumps", value=True)),
        cost=Cost.COPIES,
        apply=then(chosen, _with(_copying_dumps)),
    )


def _copying_dumps(database: Database) -> Database:
    dump = database.dump
    return database if dump is None else replace(database, dump=replace(dump, to_second_region=True))


def _followed(mechanisms: Mechanisms) -> Step:
    """The replica stands in the standby stack's network, and takes the place of the copied backups."""
    return Step(
        changes=named(
            mechanisms,
            Change(path="regions.database", value="replica"),
            Change(path="regions.standby", value=True),
        ),
        cost=Cost.REGION,
        apply=then(
            stand_by,
            _with(
                lambda database: replace(
                    database, replica_in_second_region=True, backups_copied_to_second_region=False
                )
            ),
        ),
    )


def _with(change: Callable[[Database], Database]) -> Callable[[Mechanisms], Mechanisms]:
    def apply(mechanisms: Mechanisms) -> Mechanisms:
        database = mechanisms.database
        return mechanisms if database is None else replace(mechanisms, database=change(database))

    return apply
