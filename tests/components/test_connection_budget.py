"""Whether what clients may open fits into what a database takes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.connection_budget import (
    Clients,
    check_connections,
    default_max_connections,
    least_max_connections,
    memory_gib,
)
from components.engine import Engine
from components.errors import ComponentError

# tritoneco.com, "max_connections at AWS RDS MySQL instance sizes", read 2026-11; the classes of today with that memory.
OBSERVED = {
    "db.t4g.micro": 66,
    "db.t4g.small": 150,
    "db.t4g.medium": 312,
    "db.t4g.large": 648,
    "db.m6g.xlarge": 1320,
}


@pytest.mark.parametrize(
    ("instance_class", "gib"),
    [
        ("db.t4g.micro", 1),
        ("db.t3.2xlarge", 32),
        ("db.m6g.large", 8),
        ("db.m6gd.medium", 4),
        ("db.r6g.xlarge", 32),
        ("db.r6id.16xlarge", 512),
        ("db.c6gd.2xlarge", 16),
        ("db.x2g.large", 32),
        ("db.z1.large", None),
        ("db.r6g.huge", None),
        ("db.r6g.bigxlarge", None),
        ("db.t4g.metal", None),
        ("r6g.large", None),
        ("db..large", None),
    ],
)
def test_the_memory_of_a_class(instance_class: str, gib: int | None) -> None:
    assert memory_gib(instance_class) == gib


@pytest.mark.parametrize(("instance_class", "seen"), OBSERVED.items())
def test_the_estimate_is_below_what_people_saw_and_not_far(instance_class: str, seen: int) -> None:
    estimate = default_max_connections(Engine.MYSQL, instance_class)
    assert estimate is not None
    assert seen * 0.95 <= estimate <= seen


def test_limits_end_somewhere() -> None:
    assert default_max_connections(Engine.POSTGRES, "db.r6g.16xlarge") == 5_000
    assert default_max_connections(Engine.POSTGRES, "db.z9.large") is None


def test_a_deployment_doubles_the_tasks() -> None:
    assert Clients(max_tasks=10, pool_size=10).connections == 200
    assert Clients(max_tasks=3, pool_size=10, deployment_percent=150).connections == 50


def check(*clients: Clients, **changes: Any) -> None:
    given: dict[str, Any] = {
        "engine": Engine.POSTGRES,
        "instance_class": "db.t4g.micro",
        "clients": clients,
    }
    check_connections("la-prod", **{**given, **changes})


@pytest.mark.parametrize(
    ("clients", "changes", "sentence"),
    [
        (
            Clients(max_tasks=10, pool_size=10),
            {"max_connections": 100},
            "10 tasks (at 200 % during a deployment) with 10 connections each can open 200, and db.t4g.micro leaves "
            "95. Expected at most 95 connections of clients. Fix: set the size of the pool to 4, give the database a "
            "`proxy`, or take a larger class.",
        ),
        (
            Clients(max_tasks=60, pool_size=1),
            {"max_connections": 100},
            "60 tasks (at 200 % during a deployment) with 1 connections each can open 120, and db.t4g.micro leaves "
            "95. Expected at most 95 connections of clients. Fix: give the database a `proxy`, or take a larger class.",
        ),
        (
            Clients(max_tasks=10, pool_size=5),
            {},
            "10 tasks (at 200 % during a deployment) with 5 connections each can open 100, and db.t4g.micro leaves "
            "78. Expected at most 78 connections of clients. Fix: set the size of the pool to 3, give the database a "
            "`proxy`, or take a larger class.",
        ),
    ],
)
def test_too_many_are_refused(clients: Clients, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        check(clients, **changes)
    assert str(refused.value) == f"la-prod: {sentence}"


@pytest.mark.parametrize(
    "changes",
    [
        {"max_connections": 205},
        {"instance_class": "db.z9.large"},
        {"instance_class": "db.m6g.large"},
    ],
)
def test_what_fits_or_is_unknown_passes(changes: dict[str, object]) -> None:
    check(Clients(max_tasks=10, pool_size=10), **changes)


def test_clients_share_what_there_is() -> None:
    web, jobs = Clients(max_tasks=4, pool_size=10), Clients(max_tasks=1, pool_size=20, deployment_percent=100)
    assert least_max_connections(Engine.POSTGRES, [web, jobs]) == 105
    assert least_max_connections(Engine.MYSQL, [web, jobs]) == 101
    check(web, jobs, max_connections=105)
    with pytest.raises(ComponentError) as refused:
        check(web, jobs, max_connections=104)
    assert str(refused.value) == (
        "la-prod: 4 tasks (at 200 % during a deployment) with 10 connections each and 1 tasks (at 100 % during a "
        "deployment) with 20 connections each can open 100, and db.t4g.micro leaves 99. Expected at most 99 "
        "connections of clients. Fix: set the size of the pools to 11, give the database a `proxy`, or take a larger "
        "class."
    )


@given(tasks=st.integers(1, 500), pool=st.integers(1, 50), limit=st.integers(10, 5000))
def test_the_remedy_is_one(tasks: int, pool: int, limit: int) -> None:
    """Whoever sets the pool's size that is proposed gets through."""
    asked, proposed = Clients(max_tasks=tasks, pool_size=pool), (limit - 5) // (tasks * 2)
    if pool <= proposed:
        check(asked, max_connections=limit)
        return
    with pytest.raises(ComponentError) as refused:
        check(asked, max_connections=limit)
    assert (f"set the size of the pool to {proposed}, " in refused.value.fix) == (proposed > 0)
    if proposed:
        check(Clients(max_tasks=tasks, pool_size=proposed), max_connections=limit)
