"""What can be changed about the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from stacks.recovery.mechanisms import Cache, CacheMode, Mechanisms
from stacks.recovery.remedy import Change, Cost, Step
from stacks.recovery.scope import Scope
from stacks.recovery.steps.region import standby

_DAYS = 7


def cache_steps(mechanisms: Mechanisms, scope: Scope) -> Iterator[Step]:
    """The steps that are not yet taken and can matter in `scope`.

    That nobody misses the content is never a step: it is a fact about the product, not a choice.
    """
    cache = mechanisms.cache
    if cache is None:
        return
    if scope is Scope.REGION:
        if not mechanisms.second_region.standby:
            yield standby(mechanisms)
        return
    if cache.snapshot_retention_days == 0:
        yield _snapshots()
    if scope is Scope.ZONE and cache.mode is not CacheMode.SERVERLESS:
        yield from _replicated(cache)


def _snapshots() -> Step:
    return _step("cache.snapshot_retention_days", _DAYS, Cost.STORAGE, _keeping_snapshots)


def _replicated(cache: Cache) -> Iterator[Step]:
    if cache.mode is CacheMode.SINGLE or cache.replicas == 0:
        yield _step("cache.replicas", 1, Cost.NODE, _with_a_replica)
    if not cache.automatic_failover:
        yield _step("cache.automatic_failover", True, Cost.NOTHING, _failing_over)
    if not cache.multi_az:
        yield _step("cache.multi_az", True, Cost.NOTHING, _over_zones)


def _keeping_snapshots(cache: Cache) -> Cache:
    return replace(cache, snapshot_retention_days=_DAYS)


def _with_a_replica(cache: Cache) -> Cache:
    mode = CacheMode.REPLICATED if cache.mode is CacheMode.SINGLE else cache.mode
    return replace(cache, mode=mode, replicas=max(1, cache.replicas))


def _failing_over(cache: Cache) -> Cache:
    return replace(cache, automatic_failover=True)


def _over_zones(cache: Cache) -> Cache:
    return replace(cache, multi_az=True)


def _step(path: str, value: bool | int, cost: Cost, change: Callable[[Cache], Cache]) -> Step:
    def apply(mechanisms: Mechanisms) -> Mechanisms:
        cache = mechanisms.cache
        return mechanisms if cache is None else replace(mechanisms, cache=change(cache))

    return Step(changes=(Change(path=path, value=value),), cost=cost, apply=apply)
