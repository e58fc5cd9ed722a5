"""Which shape a cache has, and which settings."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.cache import CacheAuth, CacheMode, CacheWorkload, Serverless
from components.cache_nodes import node_numbers
from components.cache_parameters import resolve
from components.cache_plan import decide
from components.errors import ComponentError
from tests.components.test_cache import cache_args

BARE: dict[str, Any] = {"replicas": None, "multi_az": None}
SERVERLESS: dict[str, Any] = {**BARE, "node_type": None, "mode": CacheMode.SERVERLESS}


@pytest.mark.parametrize(
    ("changes", "mode", "replicas", "multi_az", "auth"),
    [
        (BARE, CacheMode.REPLICATED, 1, True, CacheAuth.TOKEN),
        ({**BARE, "replicas": 0}, CacheMode.SINGLE, 0, False, CacheAuth.TOKEN),
        ({**BARE, "mode": CacheMode.SINGLE}, CacheMode.SINGLE, 0, False, CacheAuth.TOKEN),
        ({**BARE, "shards": 3}, CacheMode.CLUSTER, 1, True, CacheAuth.TOKEN),
        ({**BARE, "mode": CacheMode.CLUSTER}, CacheMode.CLUSTER, 1, True, CacheAuth.TOKEN),
        ({**BARE, "replicas": 2, "multi_az": False}, CacheMode.REPLICATED, 2, False, CacheAuth.TOKEN),
        (SERVERLESS, CacheMode.SERVERLESS, 0, False, CacheAuth.RBAC),
        (
            {**SERVERLESS, "mode": None, "serverless": Serverless()},
            CacheMode.SERVERLESS,
            0,
            False,
            CacheAuth.RBAC,
        ),
        ({**SERVERLESS, "auth": CacheAuth.NONE}, CacheMode.SERVERLESS, 0, False, CacheAuth.NONE),
    ],
)
def test_what_the_arguments_come_to(
    changes: dict[str, Any], mode: CacheMode, replicas: int, multi_az: bool, auth: CacheAuth
) -> None:
    plan = decide("cache", cache_args(**changes))
    assert (plan.mode, plan.replicas, plan.multi_az, plan.auth) == (mode, replicas, multi_az, auth)


@given(
    shards=st.integers(0, 5),
    replicas=st.none() | st.integers(0, 7),
    mode=st.none() | st.sampled_from(CacheMode),
)
def test_what_is_not_refused_can_fail_over_or_does_not_say_so(
    shards: int, replicas: int | None, mode: CacheMode | None
) -> None:
    try:
        plan = decide("cache", cache_args(**{**BARE, "shards": shards, "replicas": replicas, "mode": mode}))
    except ComponentError:
        return
    assert plan.mode in (CacheMode.SINGLE, CacheMode.REPLICATED, CacheMode.CLUSTER)
    assert (plan.replicas == 0) == (plan.mode is CacheMode.SINGLE) == (not plan.multi_az)
    assert plan.clustered or shards == 1


@pytest.mark.parametrize(
    ("workload", "policy"),
    [
        (CacheWorkload.CACHE, "allkeys-lru"),
        (CacheWorkload.SESSIONS, "volatile-lru"),
        (CacheWorkload.QUEUE, "noeviction"),
    ],
)
def test_what_goes_when_the_memory_is_full(workload: CacheWorkload, policy: str) -> None:
    assert resolve("cache", workload, {}, clustered=False) == {"maxmemory-policy": policy}
    told = resolve("cache", workload, {"maxmemory-policy": "allkeys-lfu"}, clustered=True)
    assert told == {"cluster-enabled": "yes", "maxmemory-policy": "allkeys-lfu"}


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("maxmemory", "256mb", "it follows from `node_type`; choose a node with that much memory"),
        (
            "save",
            "900 1 300 10 60 10000",
            "there are no save points; use `snapshot_retention_days` and `replicas`",
        ),
        (
            "appendonly",
            "yes",
            "there is no append-only file; use `replicas` and `snapshot_retention_days`",
        ),
        (
            "appendfsync",
            "everysec",
            "there is no append-only file; use `replicas` and `snapshot_retention_days`",
        ),
        ("requirepass", "x", "the password is in a secret; use `auth`"),
        ("cluster-enabled", "yes", "it follows from `mode` and `shards`"),
    ],
)
def test_what_of_the_practice_app_elasticache_decides_itself(name: str, value: str, remedy: str) -> None:
    with pytest.raises(ComponentError) as refused:
        decide("la-prod-cache", cache_args(parameters={name: value}))
    assert str(refused.value) == (
        f"la-prod-cache: parameter `{name}` cannot be set in ElastiCache. Expected no `{name}` in `parameters`. "
        f"Fix: remove `{name}`: {remedy}."
    )


NO_NODES = "there are no nodes. Fix: leave"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"node_type": "cache.r7g.large"},
            f"a serverless cache with the node type cache.r7g.large. Expected no `node_type`: {NO_NODES} `node_type` "
            "out, or set `mode` to replicated.",
        ),
        (
            {"replicas": 2},
            f"a serverless cache with 2 replica(s). Expected no `replicas`: {NO_NODES} `replicas` out, or set `mode` "
            "to replicated.",
        ),
        (
            {"shards": 2},
            f"a serverless cache with 2 shards. Expected no `shards`: {NO_NODES} `shards` out, or set `mode` to "
            "replicated.",
        ),
        (
            {"multi_az": False},
            f"a serverless cache with nodes in one zone. Expected no `multi_az`: {NO_NODES} `multi_az` out, or set "
            "`mode` to replicated.",
        ),
        (
            {"workload": CacheWorkload.CACHE},
            f"a serverless cache with server settings. Expected no `workload`: {NO_NODES} `workload` out, or set "
            "`mode` to replicated.",
        ),
        (
            {"final_snapshot": True},
            f"a serverless cache with a final snapshot. Expected no `final_snapshot`: {NO_NODES} `final_snapshot` "
            "out, or set `mode` to replicated.",
        ),
        (
            {"auth": CacheAuth.TOKEN},
            "a serverless cache with a token, which it does not know. Expected auth `rbac`. "
            "Fix: leave `auth` out (it becomes `rbac`).",
        ),
        (
            {"tls": "off", "auth": CacheAuth.NONE},
            "a serverless cache with TLS `off`. Expected TLS `required`, which it always has. Fix: leave `tls` out.",
        ),
        (
            {"serverless": Serverless(max_storage_gb=6000)},
            "`serverless.max_storage_gb` is 6000. Expected 1 to 5000. "
            "Fix: set `serverless.max_storage_gb` within it, or leave it out.",
        ),
        (
            {"serverless": Serverless(max_ecpu_per_second=10)},
            "`serverless.max_ecpu_per_second` is 10. Expected 1000 to 15000000. "
            "Fix: set `serverless.max_ecpu_per_second` within it, or leave it out.",
        ),
    ],
)
def test_what_a_serverless_cache_has_not_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        decide("la-prod-cache", cache_args(**{**SERVERLESS, **changes}))
    assert str(refused.value) == f"la-prod-cache: {sentence}"


def test_a_cluster_of_one_shard_numbers_its_nodes_as_a_cluster() -> None:
    assert node_numbers(shards=1, replicas=1, clustered=True) == ["0001-001", "0001-002"]
    assert node_numbers(shards=1, replicas=1, clustered=False) == ["001", "002"]
