"""What the documents promise is kept by what they describe."""

import pytest

from stacks.recovery.achieved import achieved
from stacks.recovery.mechanisms import Mechanisms
from stacks.recovery.objectives import Objective, Objectives
from stacks.recovery.scope import Scope, Store
from stacks.recovery.shortfalls import shortfalls
from stacks.recovery.way import Seconds
from tests.stacks.recovery.systems import (
    API_PLATFORM,
    HOUR,
    LEARNING_ASSISTANT,
    MINUTE,
    MUEJAM,
    PRACTICE_APP,
    PRACTICE_APP_PROMISES,
    STANDING_BY,
    SYSTEMS,
)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_document_is_kept_by_what_it_describes(name: str) -> None:
    mechanisms, promises = SYSTEMS[name]
    assert shortfalls(mechanisms, promises) == ()


@pytest.mark.parametrize(
    ("store", "rto", "rpo", "mechanism"),
    [
        (Store.APPLICATION, 150, 0, "tasks in other zones go on"),
        (Store.DATABASE, 120, 0, "the standby of a Multi-AZ instance takes over"),
        (Store.CACHE, 60, 10, "a replica takes over"),
        (Store.OBJECTS, 0, 0, "S3 keeps every object in three zones"),
        (Store.WHOLE, 150, 10, "application: tasks in other zones go on; cache: a replica takes over"),
    ],
)
def test_the_four_rows_of_the_practice_app(store: Store, rto: int, rpo: int, mechanism: str) -> None:
    way = achieved(PRACTICE_APP).of(store, Scope.ZONE)
    assert (way.rto_seconds, way.rpo_seconds, way.mechanism) == (rto, rpo, mechanism)


def test_the_database_row_is_also_meant_for_mistakes() -> None:
    assert PRACTICE_APP_PROMISES.of(Store.DATABASE, Scope.MISTAKE) == Objective(rpo_seconds=5 * MINUTE)
    way = achieved(PRACTICE_APP).of(Store.DATABASE, Scope.MISTAKE)
    assert (way.rpo_seconds, way.mechanism) == (5 * MINUTE, "restored to a point in time")


def test_without_a_row_the_whole_systems_loss_binds_database_and_files() -> None:
    _, promises = SYSTEMS["MueJam Library"]
    stated = Objective(rto_seconds=HOUR, rpo_seconds=5 * MINUTE)
    assert {store: promises.of(store, Scope.MISTAKE) for store in Store} == {
        Store.APPLICATION: Objective(),
        Store.DATABASE: stated,
        Store.CACHE: Objective(),
        Store.OBJECTS: stated,
        Store.WHOLE: Objective(),
    }


@pytest.mark.parametrize(
    ("mechanisms", "rto", "rpo"),
    [
        # 15 min until people act, 20 min for RDS, the volume at 100 MiB/s
        (LEARNING_ASSISTANT, 35 * MINUTE + 1024, 5 * MINUTE),
        (API_PLATFORM, 35 * MINUTE + 2048, 5 * MINUTE),
        (MUEJAM, 35 * MINUTE + 1024, 5 * MINUTE),
    ],
)
def test_restores_of_the_other_systems_take_as_long_as_their_storage(
    mechanisms: Mechanisms, rto: int, rpo: int
) -> None:
    way = achieved(mechanisms).of(Store.DATABASE, Scope.MISTAKE)
    assert (way.rto_seconds, way.rpo_seconds, way.rto_estimated) == (rto, rpo, True)
    assert f"{mechanisms.database.storage_gib if mechanisms.database else 0} GiB" in way.source


@pytest.mark.parametrize(
    ("store", "rto", "rpo"),
    [
        (Store.APPLICATION, 150, 0),
        (Store.DATABASE, 35 * MINUTE + 1024, 30 * MINUTE),
        (Store.CACHE, 0, 0),
        (Store.OBJECTS, 0, 15 * MINUTE),
        (Store.WHOLE, 35 * MINUTE + 1024, 30 * MINUTE),
    ],
)
def test_a_lost_region_with_a_standby_stack_and_copied_backups(store: Store, rto: int, rpo: int) -> None:
    way = achieved(STANDING_BY).of(store, Scope.REGION)
    assert (way.rto_seconds, way.rpo_seconds) == (rto, rpo)


@pytest.mark.parametrize(("name", "seconds"), [("practice app", 120), ("API platform", 35)])
def test_failover_is_the_longer_end_of_what_aws_calls_typical(name: str, seconds: Seconds) -> None:
    assert achieved(SYSTEMS[name][0]).database_failover_seconds == seconds


def test_a_system_without_parts_promises_nothing_and_keeps_it() -> None:
    assert shortfalls(Mechanisms(), PRACTICE_APP_PROMISES) == ()
    assert achieved(Mechanisms()).ways == {}
    assert shortfalls(PRACTICE_APP, Objectives()) == ()
