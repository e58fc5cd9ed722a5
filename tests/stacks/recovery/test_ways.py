"""What each mechanism alone comes to, in seconds."""

from dataclasses import replace

import pytest

from stacks.recovery.achieved import achieved
from stacks.recovery.mechanisms import (
    Application,
    BackupPlan,
    Cache,
    CacheMode,
    Database,
    DnsFailover,
    Dump,
    Mechanisms,
    Objects,
    SecondRegion,
    Shape,
)
from stacks.recovery.scope import Scope, Store
from stacks.recovery.way import NO_WAY, Seconds, Way, worth_having

Case = tuple[Mechanisms, Scope, Seconds, Seconds]

BARE = Database(storage_gib=10)
RESTORED = 35 * 60 + 103
"""15 min for people, 20 min for RDS, 10 GiB at 100 MiB/s."""
LOADED = 35 * 60 + 512


def database(scope: Scope, rto: Seconds, rpo: Seconds, **chosen: object) -> Case:
    return Mechanisms(database=replace(BARE, **chosen)), scope, rto, rpo


DATABASE = {
    "nothing": database(Scope.ZONE, None, None),
    "logs": database(Scope.ZONE, RESTORED, 300, point_in_time_days=1),
    "continuous plan": database(Scope.MISTAKE, RESTORED, 300, plans=(BackupPlan(continuous=True),)),
    "daily plan": database(Scope.MISTAKE, RESTORED, 86400 + 3600 + 1800, plans=(BackupPlan(),)),
    "dump": database(Scope.MISTAKE, LOADED, 86400 + 512, dump=Dump()),
    "promoted replica": database(Scope.ZONE, 1500, 60, replicas=1, point_in_time_days=1),
    "replica without backups": database(Scope.ZONE, None, None, replicas=1),
    "replica after a mistake": database(Scope.MISTAKE, RESTORED, 300, replicas=1, point_in_time_days=1),
    "standby": database(Scope.ZONE, 120, 0, shape=Shape.MULTI_AZ_INSTANCE),
    "cluster": database(Scope.ZONE, 35, 0, shape=Shape.MULTI_AZ_CLUSTER),
    "standby after a mistake": database(Scope.MISTAKE, None, None, shape=Shape.MULTI_AZ_INSTANCE),
    "remote replica": database(Scope.REGION, 1500, 300, replica_in_second_region=True, point_in_time_days=1),
    "remote replica without backups": database(Scope.REGION, None, None, replica_in_second_region=True),
    "copied logs": database(
        Scope.REGION, RESTORED, 1800, backups_copied_to_second_region=True, point_in_time_days=1
    ),
    "copied plan": database(
        Scope.REGION,
        RESTORED,
        86400 + 3600 + 1800 + 103,
        plans=(BackupPlan(copied_to_second_region=True, continuous=True),),
    ),
    "plan at home": database(Scope.REGION, None, None, plans=(BackupPlan(),)),
    "dump elsewhere": database(Scope.REGION, LOADED, 86400 + 512 + 900, dump=Dump(to_second_region=True)),
}


def cache(scope: Scope, rto: Seconds, rpo: Seconds, *, standby: bool = False, **chosen: object) -> Case:
    made = Mechanisms(cache=replace(Cache(), **chosen), second_region=SecondRegion(standby=standby))
    return made, scope, rto, rpo


CACHE = {
    "alone": cache(Scope.ZONE, 1800, None),
    "alone, rebuildable": cache(Scope.ZONE, 1800, 0, rebuildable=True),
    "snapshots": cache(Scope.ZONE, 1800, 86400, snapshot_retention_days=1),
    "replica": cache(Scope.ZONE, 60, 10, mode=CacheMode.REPLICATED, replicas=1),
    "replica, rebuildable": cache(Scope.ZONE, 60, 0, mode=CacheMode.REPLICATED, replicas=1, rebuildable=True),
    "replica of a single node": cache(Scope.ZONE, 1800, None, mode=CacheMode.SINGLE, replicas=1),
    "replica in the same zone": cache(
        Scope.ZONE, 1800, None, mode=CacheMode.REPLICATED, replicas=1, multi_az=False
    ),
    "cluster without replicas": cache(Scope.ZONE, 1800, None, mode=CacheMode.CLUSTER),
    "cluster with replicas": cache(Scope.ZONE, 60, 10, mode=CacheMode.CLUSTER, replicas=1),
    "serverless": cache(Scope.ZONE, 60, 10, mode=CacheMode.SERVERLESS),
    "replica after a mistake": cache(Scope.MISTAKE, 1800, None, mode=CacheMode.REPLICATED, replicas=1),
    "region": cache(Scope.REGION, None, None, snapshot_retention_days=35, rebuildable=True),
    "region with a standby": cache(Scope.REGION, 0, None, standby=True),
    "region with a standby, rebuildable": cache(Scope.REGION, 0, 0, standby=True, rebuildable=True),
}


def objects(scope: Scope, rto: Seconds, rpo: Seconds, **chosen: bool) -> Case:
    return Mechanisms(objects=replace(Objects(versioned=False), **chosen)), scope, rto, rpo


OBJECTS = {
    "zone": objects(Scope.ZONE, 0, 0),
    "overwritten": objects(Scope.MISTAKE, None, None),
    "versions": objects(Scope.MISTAKE, 1800, 0, versioned=True),
    "region": objects(Scope.REGION, None, None, versioned=True),
    "copied": objects(Scope.REGION, 0, 172800, versioned=True, replicated_to_second_region=True),
    "copied without versions": objects(Scope.REGION, None, None, replicated_to_second_region=True),
    "timed": objects(
        Scope.REGION, 0, 900, versioned=True, replicated_to_second_region=True, time_control=True
    ),
}


def application(
    scope: Scope, rto: Seconds, rpo: Seconds, second: SecondRegion | None = None, **chosen: object
) -> Case:
    service = replace(Application(tasks=1, zones=1), **chosen)
    return Mechanisms(application=service, second_region=second or SecondRegion()), scope, rto, rpo


STANDBY = SecondRegion(standby=True, dns_failover=DnsFailover())
FAST = SecondRegion(
    standby=True, dns_failover=DnsFailover(interval_seconds=10, failure_threshold=2, record_ttl_seconds=5)
)
APPLICATION = {
    "one zone": application(Scope.ZONE, 8100, 0, tasks=9),
    # 90 s until noticed, 30 s to leave, 60 s until forgotten, 180 s to start, 60 s until healthy
    "one task": application(Scope.ZONE, 420, 0, zones=2),
    "two tasks": application(Scope.ZONE, 150, 0, tasks=2, zones=2),
    "asked more often": application(Scope.ZONE, 75, 0, tasks=2, zones=2, health_seconds=5),
    "state": application(Scope.ZONE, 150, None, tasks=2, zones=2, stateless=False),
    "bad image": application(Scope.MISTAKE, 1800, 0),
    "region": application(Scope.REGION, None, None, tasks=9, zones=3),
    "standby": application(Scope.REGION, 150, 0, STANDBY, tasks_in_second_region=1),
    "fast standby": application(Scope.REGION, 25, 0, FAST, tasks_in_second_region=1),
    "cold standby": application(Scope.REGION, 1080, 0, STANDBY),
    "DNS by hand": application(Scope.REGION, 900, 0, SecondRegion(standby=True), tasks_in_second_region=1),
}


@pytest.mark.parametrize(
    ("store", "case"),
    [
        pytest.param(store, case, id=f"{store}: {name}")
        for store, cases in (
            (Store.DATABASE, DATABASE),
            (Store.CACHE, CACHE),
            (Store.OBJECTS, OBJECTS),
            (Store.APPLICATION, APPLICATION),
        )
        for name, case in cases.items()
    ],
)
def test_what_it_comes_to(store: Store, case: Case) -> None:
    mechanisms, scope, rto, rpo = case
    way = achieved(mechanisms).of(store, scope)
    assert (way.rto_seconds, way.rpo_seconds) == (rto, rpo)


def way(rpo: Seconds, rto: Seconds) -> Way:
    return Way(mechanism="m", rpo_seconds=rpo, rto_seconds=rto, source="s")


def test_a_way_that_another_one_covers_is_not_worth_having() -> None:
    kept = worth_having([way(60, 10), way(0, 100), way(60, 100), way(None, 5), way(0, 100)])
    assert kept == (way(0, 100), way(60, 10), way(None, 5))


def test_without_ways_there_is_none() -> None:
    assert worth_having([]) == (NO_WAY,)


@pytest.mark.parametrize(
    ("rto", "rpo", "kept"),
    [(100, 0, True), (99, 0, False), (None, 0, True), (100, None, True), (None, None, True)],
)
def test_an_objective_is_kept_by_one_way_as_a_whole(rto: Seconds, rpo: Seconds, kept: bool) -> None:
    assert way(0, 100).meets(rto, rpo) is kept


def test_nothing_stated_is_kept_by_nothing() -> None:
    assert NO_WAY.meets(None, None)
    assert not NO_WAY.meets(10**9, None)
