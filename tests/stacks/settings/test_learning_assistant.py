"""What the product's architecture document names is what its settings say, in every environment."""

import pytest

from stacks.settings.slots import all_slots
from tests.stacks.settings.loading import loaded

STACKS = ("dev", "staging", "production")


@pytest.mark.parametrize("stack", STACKS)
def test_the_network_is_the_document_s(stack: str) -> None:
    network = loaded(stack).network
    assert network.cidr_block == "10.0.0.0/16"
    assert network.public_cidrs == ("10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24")
    assert network.private_cidrs == ("10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24")
    assert network.database_cidrs == ("10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24")


@pytest.mark.parametrize(
    ("stack", "nat", "multi_az", "replicas", "backup_days", "tasks", "cache_replicas"),
    [
        ("dev", "single", False, 0, 0, 1, 0),
        ("staging", "single", True, 1, 7, 2, 1),
        ("production", "per_az", True, 2, 30, 3, 2),
    ],
)
def test_minimal_production_like_redundant(
    stack: str, nat: str, multi_az: bool, replicas: int, backup_days: int, tasks: int, cache_replicas: int
) -> None:
    settings = loaded(stack)
    database, cache = settings.database, settings.cache
    assert database is not None
    assert cache is not None
    assert settings.network.nat == nat
    assert (database.multi_az, database.replicas, database.backup_retention_days) == (
        multi_az,
        replicas,
        backup_days,
    )
    assert settings.services["web"].desired_count == tasks
    assert (cache.replicas, cache.multi_az, cache.automatic_failover) == (cache_replicas, multi_az, multi_az)


@pytest.mark.parametrize("stack", STACKS)
def test_technology_is_the_document_s(stack: str) -> None:
    settings = loaded(stack)
    database, cache, web = settings.database, settings.cache, settings.services["web"]
    assert database is not None
    assert cache is not None
    assert (database.engine, database.engine_version) == ("postgres", "16")
    assert (cache.engine, cache.engine_version) == ("redis", "7.1")
    assert (web.port, web.health_path) == (3000, "/api/health")
    assert set(all_slots(settings)) == {"session", "jwt", "elasticsearch", "google-analytics"}
    assert settings.integrations.mail == "ses"


def test_only_production_is_protected() -> None:
    assert [loaded(stack).protection.enabled for stack in STACKS] == [False, False, True]
