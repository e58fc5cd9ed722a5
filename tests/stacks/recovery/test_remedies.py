"""A remedy is the cheapest one, and says what it costs and changes."""

from dataclasses import replace

import pytest

from stacks.recovery.mechanisms import Application, Cache, CacheMode, Database, Mechanisms, Objects
from stacks.recovery.objectives import Objective, Objectives, Targets
from stacks.recovery.remedy import Change, Cost, Remedy
from stacks.recovery.shortfalls import shortfalls
from tests.stacks.recovery.systems import HOUR, MINUTE

LONELY = Mechanisms(
    application=Application(setting="services.api", scaled=True, tasks=1, zones=3),
    database=Database(storage_gib=20),
    cache=Cache(rebuildable=True),
    objects=Objects(),
)


def remedy(objective: Objective, part: str = "whole", scope: str = "zone") -> Remedy:
    targets = replace(Targets(), **{part: objective})
    found = {one.remedy for one in shortfalls(LONELY, replace(Objectives(), **{scope: targets}))}
    [only] = found
    assert only is not None
    return only


@pytest.mark.parametrize(
    ("part", "rto", "rpo", "words", "cost"),
    [
        ("application", 5 * MINUTE, None, "services.api.health_seconds=5", [Cost.NOTHING]),
        ("application", 2 * MINUTE, None, "services.api.health_seconds=15 and services.api.scaling.min=2",
         [Cost.TASK, Cost.NOTHING]),
        ("database", HOUR, 5 * MINUTE, "database.backup_retention_days=7", [Cost.STORAGE]),
        ("database", 2 * MINUTE, None, "database.multi_az=true", [Cost.INSTANCE]),
        ("database", MINUTE, 0,
         "database.multi_az=true and database.failover_seconds=35 and database.backup_retention_days=7",
         [Cost.CLUSTER]),
        ("cache", MINUTE, 0, "cache.replicas=1", [Cost.NODE]),
    ],
)  # fmt: skip
def test_the_cheapest(part: str, rto: int, rpo: int | None, words: str, cost: list[Cost]) -> None:
    found = remedy(Objective(rto_seconds=rto, rpo_seconds=rpo), part)
    assert found.words() == words
    assert list(found.cost) == cost


def test_the_whole_is_kept_part_by_part() -> None:
    found = remedy(Objective(rto_seconds=2 * MINUTE, rpo_seconds=5 * MINUTE))
    assert found.words() == (
        "services.api.health_seconds=15 and services.api.scaling.min=2 and database.multi_az=true "
        "and cache.replicas=1"
    )


def test_a_standby_stack_is_taken_once_for_all_parts() -> None:
    found = remedy(Objective(rto_seconds=4 * HOUR, rpo_seconds=HOUR), scope="region")
    assert found.changes == (
        Change(path="regions.second", value="us-west-2"),
        Change(path="regions.standby", value=True),
        Change(path="database.backup_retention_days", value=7),
        Change(path="regions.database", value="backups"),
        Change(path="regions.uploads", value=True),
        Change(path="regions.uploads_time_control", value=True),
    )


def test_one_dear_step_costs_more_than_many_cheap_ones() -> None:
    assert (Cost.INSTANCE,) > (Cost.NODE, Cost.NODE, Cost.TASK)
    assert Remedy(steps=()).cost < (Cost.NOTHING,)


def test_applying_changes_nothing_but_what_it_says() -> None:
    found = remedy(Objective(rto_seconds=MINUTE), "cache")
    cache = found.apply(LONELY).cache
    assert cache is not None
    assert cache.replicas == 1
    assert replace(found.apply(LONELY), cache=LONELY.cache) == LONELY


def test_two_free_steps_are_cheaper_than_one_that_costs() -> None:
    passive = Cache(mode=CacheMode.REPLICATED, replicas=1, automatic_failover=False, multi_az=False)
    promises = Objectives(zone=Targets(cache=Objective(rpo_seconds=24 * HOUR)))
    [found] = shortfalls(Mechanisms(cache=passive), promises)
    assert found.remedy is not None
    assert found.remedy.words() == "cache.automatic_failover=true and cache.multi_az=true"
    assert found.remedy.cost == (Cost.NOTHING, Cost.NOTHING)
