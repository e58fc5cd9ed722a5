"""What the API refuses in how a load balancer chooses: also in the overrides of its rules, which say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simcloud.cloudflare.checks import items_of, number_of, one_of, part_of, text_of, within
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.monitors import FAILED
from simcloud.cloudflare.resources.pools import REGIONS
from simcloud.values import Value

# Cloudflare: values and ranges of `session_affinity…` in the provider's documentation 6.23.1, read 2026-11; steering
# policies from memory of the API, not verified.
_POLICIES = ("off", "geo", "random", "dynamic_latency", "proximity", "least_outstanding_requests",
             "least_connections", "")  # fmt: skip
_TTLS = {"cookie": (1800, 604800), "ip_cookie": (1800, 604800), "header": (30, 3600)}
_COUNTRY, _POP = re.compile("[A-Z]{2}"), re.compile("[A-Z]{3}")
Said = Mapping[str, Value]


def steering_problems(said: Said, at: str = "") -> Iterator[ApiError]:
    """Everything wrong with steering, affinity and pools by place; `at` is where `said` stands, ending in a dot."""
    yield from one_of(said, "steering_policy", _POLICIES, FAILED, f"{at}steering_policy")
    yield from _affinity(said, at)
    yield from _by_place(said, at)
    strategy, random = part_of(said, "location_strategy"), part_of(said, "random_steering")
    yield from one_of(strategy, "mode", ("pop", "resolver_ip"), FAILED, f"{at}location_strategy.mode")
    preferences = ("always", "never", "proximity", "geo")
    yield from one_of(strategy, "prefer_ecs", preferences, FAILED, f"{at}location_strategy.prefer_ecs")
    yield from within(random, "default_weight", 0, 1, FAILED, f"{at}random_steering.default_weight")
    for pool in part_of(random, "pool_weights"):
        weights = part_of(random, "pool_weights")
        yield from within(weights, pool, 0, 1, FAILED, f"{at}random_steering.pool_weights.{pool}")


def _affinity(said: Said, at: str) -> Iterator[ApiError]:
    yield from one_of(said, "session_affinity", ("none", *_TTLS, ""), FAILED, f"{at}session_affinity")
    kind = text_of(said, "session_affinity") or "none"
    if kind in _TTLS:
        low, high = _TTLS[kind]
        yield from within(said, "session_affinity_ttl", low, high, FAILED, f"{at}session_affinity_ttl")
    attributes, where = part_of(said, "session_affinity_attributes"), f"{at}session_affinity_attributes"
    if kind == "header" and not attributes.get("headers"):
        yield ApiError(FAILED, "session_affinity header needs at least one of session_affinity_attributes.headers: "
                               "validation failed", f"{where}.headers")  # fmt: skip
    yield from one_of(attributes, "samesite", ("Auto", "Lax", "None", "Strict"), FAILED, f"{where}.samesite")
    yield from one_of(attributes, "secure", ("Auto", "Always", "Never"), FAILED, f"{where}.secure")
    failovers = ("none", "temporary", "sticky")
    yield from one_of(
        attributes, "zero_downtime_failover", failovers, FAILED, f"{where}.zero_downtime_failover"
    )
    if attributes.get("samesite") == "None" and attributes.get("secure") == "Never":
        yield ApiError(
            FAILED, "secure cannot be Never where samesite is None: validation failed", f"{where}.secure"
        )
    drain = number_of(attributes, "drain_duration")
    if drain is not None and drain < 0:
        yield ApiError(
            FAILED, "drain_duration cannot be negative: validation failed", f"{where}.drain_duration"
        )


def _by_place(said: Said, at: str) -> Iterator[ApiError]:
    for name, fits in (
        ("region_pools", lambda key: key in REGIONS),
        ("country_pools", _COUNTRY.fullmatch),
        ("pop_pools", _POP.fullmatch),
    ):
        for key, pools in part_of(said, name).items():
            if not fits(key):
                yield ApiError(
                    FAILED, f"{key!r} is not a key of {name}: validation failed", f"{at}{name}.{key}"
                )
            if isinstance(pools, list) and not pools:
                yield ApiError(FAILED, f"{name} of {key} is empty: validation failed", f"{at}{name}.{key}")
    if "default_pools" in said and isinstance(said["default_pools"], list):
        pools = items_of(said, "default_pools")
        if not pools:
            yield ApiError(FAILED, "default_pools is empty: validation failed", f"{at}default_pools")
