"""What holds for whatever is chosen and whatever is promised."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stacks.recovery.achieved import Achieved, achieved
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
from stacks.recovery.objectives import Objective, Objectives, Targets
from stacks.recovery.scope import PARTS, Scope, Store
from stacks.recovery.shortfalls import Quantity, shortfalls
from stacks.recovery.unmet import unmet
from stacks.recovery.way import bound

HOURS = st.sampled_from([3600, 6 * 3600, 86400, 7 * 86400])
PLANS = st.builds(
    BackupPlan,
    interval_seconds=HOURS,
    start_within_seconds=st.sampled_from([3600, 8 * 3600]),
    continuous=st.booleans(),
    copied_to_second_region=st.booleans(),
)
DUMPS = st.builds(Dump, interval_seconds=HOURS, to_second_region=st.booleans())
DATABASES = st.builds(
    Database,
    storage_gib=st.integers(20, 65536),
    engine=st.sampled_from(Engine),
    shape=st.sampled_from(Shape),
    point_in_time_days=st.sampled_from([0, 1, 35]),
    replicas=st.integers(0, 3),
    backups_copied_to_second_region=st.booleans(),
    replica_in_second_region=st.booleans(),
    plans=st.lists(PLANS, max_size=2).map(tuple),
    dump=st.none() | DUMPS,
)
CACHES = st.builds(
    Cache,
    mode=st.sampled_from(CacheMode),
    replicas=st.integers(0, 2),
    automatic_failover=st.booleans(),
    multi_az=st.booleans(),
    snapshot_retention_days=st.sampled_from([0, 7]),
    rebuildable=st.booleans(),
)
OBJECTS = st.builds(
    Objects,
    versioned=st.booleans(),
    replicated_to_second_region=st.booleans(),
    time_control=st.booleans(),
)
APPLICATIONS = st.builds(
    Application,
    tasks=st.integers(0, 4),
    zones=st.integers(1, 3),
    stateless=st.booleans(),
    health_seconds=st.sampled_from([5, 30, 300]),
    unhealthy_threshold=st.integers(2, 10),
    healthy_threshold=st.integers(2, 10),
    deregistration_seconds=st.sampled_from([0, 30, 3600]),
    tasks_in_second_region=st.integers(0, 1),
    scaled=st.booleans(),
)
DNS = st.builds(
    DnsFailover,
    interval_seconds=st.sampled_from([10, 30]),
    failure_threshold=st.integers(1, 10),
    record_ttl_seconds=st.sampled_from([5, 60, 300]),
)
SECOND = st.builds(
    SecondRegion,
    name=st.none() | st.just("eu-west-1"),
    standby=st.booleans(),
    dns_failover=st.none() | DNS,
)
MECHANISMS = st.builds(
    Mechanisms,
    application=st.none() | APPLICATIONS,
    database=st.none() | DATABASES,
    cache=st.none() | CACHES,
    objects=st.none() | OBJECTS,
    second_region=SECOND,
)
SECONDS = st.none() | st.sampled_from([0, 60, 150, 300, 900, 3600, 4 * 3600, 30 * 3600])
TARGETS = st.builds(
    Targets,
    **{store.value: st.builds(Objective, rto_seconds=SECONDS, rpo_seconds=SECONDS) for store in Store},
)
OBJECTIVES = st.builds(
    Objectives,
    zone=TARGETS,
    mistake=TARGETS,
    region=TARGETS,
    database_failover_seconds=st.none() | st.sampled_from([30, 35, 60, 120, 300]),
)

Change = Callable[[Mechanisms], Mechanisms]


def database(**more: object) -> Change:
    return lambda all_: replace(all_, database=all_.database and replace(all_.database, **more))


def cache(**more: object) -> Change:
    return lambda all_: replace(all_, cache=all_.cache and replace(all_.cache, **more))


def objects(**more: object) -> Change:
    return lambda all_: replace(all_, objects=all_.objects and replace(all_.objects, **more))


def application(**more: object) -> Change:
    return lambda all_: replace(all_, application=all_.application and replace(all_.application, **more))


def second(**more: object) -> Change:
    return lambda all_: replace(all_, second_region=replace(all_.second_region, **more))


def another_plan(all_: Mechanisms) -> Mechanisms:
    plans = (*all_.database.plans, BackupPlan(copied_to_second_region=True)) if all_.database else ()
    return database(plans=plans)(all_)


def standby(all_: Mechanisms) -> Mechanisms:
    single = all_.database is not None and all_.database.shape is Shape.INSTANCE
    return database(shape=Shape.MULTI_AZ_INSTANCE)(all_) if single else all_


def replicated(all_: Mechanisms) -> Mechanisms:
    single = all_.cache is not None and all_.cache.mode is CacheMode.SINGLE
    return cache(mode=CacheMode.REPLICATED, replicas=2)(all_) if single else cache(replicas=2)(all_)


IMPROVEMENTS: dict[str, Change] = {
    "backups": database(point_in_time_days=35),
    "replicas": database(replicas=5),
    "copied backups": database(backups_copied_to_second_region=True),
    "remote replica": database(replica_in_second_region=True),
    "another plan": another_plan,
    "hourly dump elsewhere": database(dump=Dump(interval_seconds=3600, to_second_region=True)),
    "standby": standby,
    "cache replicas": replicated,
    "cache failover": cache(automatic_failover=True),
    "cache zones": cache(multi_az=True),
    "cache snapshots": cache(snapshot_retention_days=35),
    "versions": objects(versioned=True),
    "copied objects": objects(replicated_to_second_region=True),
    "time control": objects(time_control=True),
    "tasks": application(tasks=9),
    "zones": application(zones=3),
    "asked more often": application(health_seconds=5),
    "tasks elsewhere": application(tasks_in_second_region=1),
    "standby stack": second(standby=True),
    "DNS": second(dns_failover=DnsFailover(interval_seconds=10, failure_threshold=1, record_ttl_seconds=5)),
}


def numbers(reached: Achieved) -> dict[tuple[Store, Scope], list[tuple[float, float]]]:
    return {key: [way.order for way in ways] for key, ways in reached.ways.items()}


@given(mechanisms=MECHANISMS, name=st.sampled_from(sorted(IMPROVEMENTS)))
def test_adding_a_mechanism_never_worsens(mechanisms: Mechanisms, name: str) -> None:
    before, after = achieved(mechanisms), achieved(IMPROVEMENTS[name](mechanisms))
    for key, ways in before.ways.items():
        for way in ways:
            assert any(better.covers(way) for better in after.ways[key]), (name, key, way)
        assert after.of(*key).order <= before.of(*key).order
    assert bound(after.database_failover_seconds) <= bound(before.database_failover_seconds)


@given(mechanisms=MECHANISMS, objectives=OBJECTIVES)
def test_a_remedy_keeps_its_objective_and_breaks_no_other(
    mechanisms: Mechanisms, objectives: Objectives
) -> None:
    before = shortfalls(mechanisms, objectives)
    for shortfall in before:
        if shortfall.remedy is None:
            continue
        after = shortfalls(shortfall.remedy.apply(mechanisms), objectives)
        still = {_place(one) for one in after}
        assert _place(shortfall) not in still
        assert still <= {_place(one) for one in before}


def _place(shortfall: object) -> tuple[object, ...]:
    """An objective: its RTO and its RPO are kept together or not at all."""
    failover = getattr(shortfall, "quantity", None) is Quantity.FAILOVER
    return getattr(shortfall, "store", None), getattr(shortfall, "scope", None), failover


@given(mechanisms=MECHANISMS, objectives=OBJECTIVES)
def test_what_is_stated_and_not_kept_is_told_and_nothing_else(
    mechanisms: Mechanisms, objectives: Objectives
) -> None:
    told = shortfalls(mechanisms, objectives)
    missed = unmet(achieved(mechanisms), objectives)
    assert {(one.store, None if one.quantity is Quantity.FAILOVER else one.scope) for one in told} == {
        (one.store, one.scope) for one in missed
    }
    for one in told:
        assert bound(one.achieved_seconds) > one.stated_seconds


@given(mechanisms=MECHANISMS)
def test_the_whole_is_the_worst_of_its_parts(mechanisms: Mechanisms) -> None:
    reached = achieved(mechanisms)
    for scope in Scope:
        parts = [reached.of(part, scope) for part in PARTS if reached.has(part)]
        if not parts:
            assert not reached.has(Store.WHOLE)
            continue
        whole = reached.of(Store.WHOLE, scope)
        assert bound(whole.rpo_seconds) == max(bound(part.rpo_seconds) for part in parts)
        fastest = max(
            min(bound(way.rto_seconds) for way in reached.ways[part, scope])
            for part in PARTS
            if reached.has(part)
        )
        assert fastest <= bound(whole.rto_seconds) <= max(bound(part.rto_seconds) for part in parts)


@given(mechanisms=MECHANISMS, objective=st.builds(Objective, rto_seconds=SECONDS, rpo_seconds=SECONDS))
def test_the_whole_keeps_what_each_of_its_parts_keeps(mechanisms: Mechanisms, objective: Objective) -> None:
    reached = achieved(mechanisms)
    for scope in Scope:
        name = scope.value
        each = Targets(**{part.value: objective for part in PARTS})
        by_parts = unmet(reached, replace(Objectives(), **{name: each}))
        by_whole = unmet(reached, replace(Objectives(), **{name: Targets(whole=objective)}))
        assert bool(by_parts) == bool(by_whole)


@given(mechanisms=MECHANISMS)
def test_every_way_names_its_mechanism_and_its_source(mechanisms: Mechanisms) -> None:
    for ways in achieved(mechanisms).ways.values():
        for way in ways:
            assert way.mechanism
            assert way.source


@given(database=DATABASES.filter(lambda one: not one.plans and one.dump is None))
def test_only_the_past_helps_against_a_mistake(database: Database) -> None:
    with_everything = replace(
        database, shape=Shape.MULTI_AZ_INSTANCE, replicas=5, replica_in_second_region=True
    )
    alone, helped = (
        achieved(Mechanisms(database=one)).of(Store.DATABASE, Scope.MISTAKE)
        for one in (database, with_everything)
    )
    assert alone == helped


@given(mechanisms=MECHANISMS)
def test_nothing_that_stays_in_the_region_helps_when_it_is_lost(mechanisms: Mechanisms) -> None:
    stays = mechanisms
    for change in (
        database(backups_copied_to_second_region=False, replica_in_second_region=False, plans=(), dump=None),
        objects(replicated_to_second_region=False),
        second(standby=False),
    ):
        stays = change(stays)
    reached = achieved(stays)
    for part in PARTS:
        if reached.has(part):
            assert reached.of(part, Scope.REGION).order == (bound(None), bound(None))
