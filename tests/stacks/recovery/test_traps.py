"""The mistakes that are made about backups, each refused with what would help."""

from dataclasses import replace

import pytest

from stacks.recovery.achieved import achieved
from stacks.recovery.mechanisms import (
    BackupPlan,
    Cache,
    CacheMode,
    Database,
    Dump,
    Engine,
    Mechanisms,
    Objects,
    SecondRegion,
    Shape,
)
from stacks.recovery.objectives import Objective, Objectives, Targets, objectives
from stacks.recovery.scope import Scope, Store
from stacks.recovery.shortfalls import Quantity, Shortfall, shortfalls
from tests.stacks.recovery.systems import (
    API_PLATFORM_PROMISES,
    HOUR,
    LEARNING_ASSISTANT,
    MINUTE,
    POSTGRES,
    PRACTICE_APP,
    PRACTICE_APP_PROMISES,
)


def only(mechanisms: Mechanisms, promises: Objectives) -> Shortfall:
    [shortfall] = shortfalls(mechanisms, promises)
    return shortfall


def remedy(shortfall: Shortfall) -> str:
    return "nothing" if shortfall.remedy is None else shortfall.remedy.words()


SNAPSHOTS_ONLY = Mechanisms(cache=Cache(mode=CacheMode.SINGLE, snapshot_retention_days=7))


def test_a_snapshot_a_day_is_no_quarter_of_an_hour() -> None:
    found = only(SNAPSHOTS_ONLY, objectives(Targets(cache=Objective(rpo_seconds=15 * MINUTE))))
    assert found.words() == (
        "cache RPO of 15 min when a machine or zone is lost: 24 h is achieved, because a new cache from "
        "yesterday's snapshot (AWS ElastiCache, scheduling automatic backups: one a day, read 2026-11; AWS "
        "ElastiCache, mitigating failures: a new cluster takes minutes, read 2026-11; assumed: 15 min until "
        "people act); ElastiCache takes one snapshot a day"
    )
    assert remedy(found) == "cache.replicas=1"


def test_a_replica_that_does_not_take_over_is_no_replica() -> None:
    passive = Cache(mode=CacheMode.REPLICATED, replicas=2, automatic_failover=False, multi_az=False)
    found = only(Mechanisms(cache=passive), objectives(Targets(cache=Objective(rto_seconds=MINUTE))))
    assert remedy(found) == "cache.automatic_failover=true and cache.multi_az=true"


def test_what_nobody_misses_cannot_be_lost_but_can_be_away() -> None:
    cache = Cache(rebuildable=True)
    promises = objectives(Targets(cache=Objective(rto_seconds=MINUTE, rpo_seconds=15 * MINUTE)))
    found = only(Mechanisms(cache=cache), promises)
    assert (found.quantity, found.achieved_seconds, remedy(found)) == (Quantity.RTO, 1800, "cache.replicas=1")


MYSQL = Database(
    storage_gib=200, engine=Engine.MYSQL, shape=Shape.MULTI_AZ_INSTANCE, point_in_time_days=7, replicas=2
)


def test_a_multi_az_instance_does_not_fail_over_within_a_minute() -> None:
    found = only(Mechanisms(database=MYSQL), API_PLATFORM_PROMISES)
    assert found.words() == (
        "database failover of 1 min when a machine or zone is lost: 2 min is achieved, because the standby of a "
        "Multi-AZ instance takes over (AWS RDS user guide, failing over a Multi-AZ DB instance: typically "
        "60–120 s, read 2026-11)"
    )
    assert remedy(found) == "database.multi_az=true and database.failover_seconds=60 and database.replicas=0"


@pytest.mark.parametrize(("seconds", "expected"), [(120, "database.multi_az=true"), (34, "nothing")])
def test_the_remedy_of_a_failover_is_no_larger_than_needed(seconds: int, expected: str) -> None:
    single = Mechanisms(database=Database(storage_gib=20, point_in_time_days=7))
    assert remedy(only(single, Objectives(database_failover_seconds=seconds))) == expected


def test_a_nightly_dump_is_no_five_minutes() -> None:
    dumped = Mechanisms(database=Database(storage_gib=100, dump=Dump()))
    found = shortfalls(dumped, objectives(Targets(database=Objective(rpo_seconds=5 * MINUTE))))
    # a day, and the hour and a half that the dump of 100 GiB takes at 20 MiB/s
    assert {one.achieved_seconds for one in found} == {24 * HOUR + 5120}
    assert [(one.scope, one.mechanism, remedy(one)) for one in found] == [
        (Scope.ZONE, "loaded from the last pg_dump", "database.backup_retention_days=7"),
        (Scope.MISTAKE, "loaded from the last pg_dump", "database.backup_retention_days=7"),
    ]


def test_an_hourly_plan_is_older_than_an_hour() -> None:
    hourly = Database(storage_gib=100, plans=(BackupPlan(interval_seconds=60),))
    promises = objectives(Targets(database=Objective(rpo_seconds=HOUR)))
    found = shortfalls(Mechanisms(database=hourly), promises)
    # the least interval of AWS Backup, the window to begin in, the making of the snapshot
    assert [one.achieved_seconds for one in found] == [HOUR + HOUR + 30 * MINUTE] * 2


def test_standbys_and_replicas_do_not_help_against_a_mistake() -> None:
    many = Database(storage_gib=100, shape=Shape.MULTI_AZ_CLUSTER, replicas=5, replica_in_second_region=True)
    found = only(Mechanisms(database=many), Objectives(mistake=Targets(database=Objective(rpo_seconds=HOUR))))
    assert (found.achieved_seconds, remedy(found)) == (None, "database.backup_retention_days=7")
    assert found.why.endswith("standbys and replicas copy a mistake within seconds")


def test_replicas_and_copies_of_a_bucket_do_not_help_against_a_mistake() -> None:
    copied = Objects(versioned=False, replicated_to_second_region=True, time_control=True)
    promises = Objectives(mistake=Targets(objects=Objective(rpo_seconds=HOUR)))
    found = only(Mechanisms(objects=copied), promises)
    assert (found.achieved_seconds, remedy(found)) == (None, "storage.versioned=true")


def region(store: str, rto: int | None, rpo: int | None) -> Objectives:
    return Objectives(region=replace(Targets(), **{store: Objective(rto_seconds=rto, rpo_seconds=rpo)}))


@pytest.mark.parametrize(
    ("rpo", "expected"),
    [
        (HOUR, "regions.second=us-west-2 and regions.database=backups"),
        (10 * MINUTE, "regions.second=us-west-2 and regions.database=replica and regions.standby=true"),
        (MINUTE, "nothing"),
    ],
)
def test_backups_of_a_region_are_lost_with_it(rpo: int, expected: str) -> None:
    found = only(PRACTICE_APP, region("database", None, rpo))
    assert found.achieved_seconds is None
    assert "backups that lie in one region are lost with it; the dump lies in the same region" in found.why
    assert remedy(found) == expected


def test_three_zones_are_one_region() -> None:
    found = only(PRACTICE_APP, region("objects", None, HOUR))
    assert "three zones of one region are lost together" in found.why
    assert remedy(found) == (
        "regions.second=us-west-2 and regions.uploads=true and regions.uploads_time_control=true"
    )


def test_copies_without_time_control_may_be_two_days_old() -> None:
    found = only(LEARNING_ASSISTANT, region("objects", None, HOUR))
    assert (found.achieved_seconds, remedy(found)) == (48 * HOUR, "regions.uploads_time_control=true")


def test_a_stack_of_one_region_never_runs_in_another() -> None:
    found = only(PRACTICE_APP, region("application", 4 * HOUR, None))
    assert (found.achieved_seconds, remedy(found)) == (
        None,
        "regions.second=us-west-2 and regions.standby=true",
    )


def test_nobody_brings_sessions_to_another_region() -> None:
    found = only(PRACTICE_APP, region("cache", None, HOUR))
    assert found.remedy is None
    assert "what was in the cache never leaves its region" in found.why


CLUSTER = Database(storage_gib=100, shape=Shape.MULTI_AZ_CLUSTER, point_in_time_days=7)
CLUSTER_WITH_COPIES = replace(
    CLUSTER,
    backups_copied_to_second_region=True,
    replica_in_second_region=True,
    plans=(BackupPlan(copied_to_second_region=True),),
)


@pytest.mark.parametrize("database", [CLUSTER, CLUSTER_WITH_COPIES])
def test_a_cluster_cannot_be_copied_to_another_region(database: Database) -> None:
    way = achieved(Mechanisms(database=database)).of(Store.DATABASE, Scope.REGION)
    assert (way.rpo_seconds, way.rto_seconds) == (None, None)


def test_a_minutes_failover_and_a_copy_elsewhere_exclude_each_other() -> None:
    clustered = Mechanisms(database=CLUSTER, second_region=SecondRegion(name="eu-west-1"))
    wanted = region("database", None, HOUR)
    assert remedy(only(clustered, replace(wanted, database_failover_seconds=60))) == "nothing"
    assert remedy(only(clustered, wanted)) == ("database.failover_seconds=120 and regions.database=backups")


def test_a_dump_in_another_region_is_a_copy_that_a_cluster_can_have() -> None:
    dumped = replace(CLUSTER, dump=Dump(to_second_region=True))
    way = achieved(Mechanisms(database=dumped)).of(Store.DATABASE, Scope.REGION)
    assert way.rpo_seconds == 24 * HOUR + 5120 + 15 * MINUTE


def test_a_restore_of_a_large_database_takes_longer_than_an_hour() -> None:
    large = Mechanisms(database=replace(POSTGRES, storage_gib=2048))
    promises = objectives(Targets(), restored_within=HOUR)
    found = only(large, promises)
    assert (found.quantity, found.achieved_seconds, found.remedy) == (Quantity.RTO, 35 * MINUTE + 20972, None)


def test_tasks_that_keep_state_lose_it() -> None:
    assert PRACTICE_APP.application is not None
    stateful = replace(PRACTICE_APP, application=replace(PRACTICE_APP.application, stateless=False))
    found = shortfalls(stateful, PRACTICE_APP_PROMISES)
    assert [(one.store, one.quantity, one.achieved_seconds, one.remedy) for one in found] == [
        (Store.APPLICATION, Quantity.RPO, None, None),
        (Store.WHOLE, Quantity.RPO, None, None),
    ]
