"""Promises that the chosen mechanisms do not keep are refused, with what would keep them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stacks.recovery.achieved import achieved
from stacks.recovery.scope import Scope, Store
from stacks.settings import recovery_document
from stacks.settings.errors import ConfigurationError
from stacks.settings.mechanisms import chosen, promised
from stacks.systems import SYSTEMS
from tests.stacks.settings.loading import loaded

ROOT = Path(__file__).parents[3]
MINUTE = 60


def refused(stack: str, overrides: dict[str, Any]) -> dict[str, str]:
    """Path to what stands after `Fix:`."""
    with pytest.raises(ConfigurationError) as raised:
        loaded(stack, overrides)
    return {problem.path: problem.words(stack) for problem in raised.value.problems}


@pytest.mark.proves("S0-82")
def test_the_practice_app_keeps_its_four_rows() -> None:
    settings = loaded("practice-app-production")
    said = {
        store: promised(settings).of(store, Scope.ZONE)
        for store in (Store.APPLICATION, Store.DATABASE, Store.CACHE, Store.WHOLE)
    }
    assert {store.value: (one.rto_seconds, one.rpo_seconds) for store, one in said.items()} == {
        "application": (5 * MINUTE, 0),
        "database": (15 * MINUTE, 5 * MINUTE),
        "cache": (1 * MINUTE, 15 * MINUTE),
        "whole": (30 * MINUTE, 5 * MINUTE),
    }
    reached = achieved(chosen(settings))
    for store, one in said.items():
        way = reached.of(store, Scope.ZONE)
        assert way.rto_seconds is not None
        assert one.rto_seconds is not None
        assert way.rpo_seconds is not None
        assert one.rpo_seconds is not None
        assert (way.rto_seconds <= one.rto_seconds, way.rpo_seconds <= one.rpo_seconds) == (True, True)


@pytest.mark.proves("S0-82")
def test_a_cache_with_snapshots_alone_loses_more_than_fifteen_minutes() -> None:
    alone = {"replicas": 0, "automatic_failover": False, "multi_az": False, "snapshot_retention_days": 7}
    words = refused("practice-app-production", {"cache": alone})
    assert "24 h is achieved" in words["recovery.cache_rpo_minutes"]
    assert "cache.replicas=1" in words["recovery.cache_rpo_minutes"]


@pytest.mark.proves("S0-82")
def test_a_nightly_dump_cannot_promise_five_minutes() -> None:
    words = refused(
        "practice-app-production",
        {"database": {"backup_retention_days": 0, "replicas": 0}, "backup": {"plan": False}},
    )
    assert "database.backup_retention_days=" in words["recovery.database_rpo_minutes"]


@pytest.mark.proves("S2-47")
def test_a_failover_within_sixty_seconds_needs_a_standby_at_all() -> None:
    words = refused("api-platform-production", {"database": {"multi_az": False}})
    assert "database.failover_seconds" in words
    assert "database.multi_az=true" in words["database.failover_seconds"]


@pytest.mark.proves("S2-47")
def test_a_multi_az_instance_does_not_promise_sixty_seconds() -> None:
    overrides = {"database": {"failover_seconds": None, "max_storage_gb": 400}}
    words = refused("api-platform-production", overrides)
    assert "2 min is achieved" in words["recovery.database_rto_minutes"]
    assert "database.failover_seconds=" in words["recovery.database_rto_minutes"]


@pytest.mark.proves("S1-61", "S2-46", "S4-46")
@pytest.mark.parametrize(
    ("system", "rto_minutes", "rpo_minutes"),
    [("learning-assistant", 240, 60), ("api-platform", 240, 60), ("muejam-library", 60, 5)],
)
def test_the_other_systems_promise_what_their_documents_say_and_keep_it(
    system: str, rto_minutes: int, rpo_minutes: int
) -> None:
    settings = loaded(f"{system}-production")
    said = promised(settings).of(Store.WHOLE, Scope.ZONE)
    assert (said.rto_seconds, said.rpo_seconds) == (rto_minutes * MINUTE, rpo_minutes * MINUTE)
    reached = achieved(chosen(settings)).of(Store.DATABASE, Scope.MISTAKE)
    assert reached.rpo_seconds is not None
    assert reached.rpo_seconds <= rpo_minutes * MINUTE


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_without_backups_no_promise_about_data_stands(system: str) -> None:
    overrides = {
        "database": {"backup_retention_days": 0, "replicas": 0, "failover_seconds": None},
        "backup": {"plan": False, "dump": None},
        "regions": {"database": "none"},
        "recovery": {"database_rpo_minutes": 60},
    }
    assert "recovery.database_rpo_minutes" in refused(f"{system}-production", overrides)


def test_the_page_says_what_is_computed_now() -> None:
    assert (ROOT / "docs" / "recovery.md").read_text() == recovery_document.markdown()
