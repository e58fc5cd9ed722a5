"""What brings the cache back."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.recovery.mechanisms import DAY, Cache, CacheMode, SecondRegion
from stacks.recovery.people import ASSUMED, PEOPLE_SECONDS
from stacks.recovery.scope import Scope
from stacks.recovery.way import Seconds, Way

# AWS says "minimized" and "a few seconds" of DNS, but no number ("Minimizing downtime in ElastiCache by using Multi-AZ
# with Valkey and Redis OSS", read 2026-11): 60 s per reference notes, not verified against AWS.
FAILOVER_SECONDS = 60
# Replication is asynchronous and AWS names no bound, except for durable clusters: "up to 10 seconds of uncommitted
# data can be lost" ("Failure scenarios", read 2026-11). Taken over as an assumption.
LAG_SECONDS = 10
_FAILOVER_SOURCE = "per reference notes, not verified against AWS: a failover within 60 s, 10 s of lag"
# AWS: "Scheduling automatic backups", read 2026-11: "a backup of the cache on a daily basis"; re:Post, "fault tolerance
# for ElastiCache", read 2026-11: "Data loss potential - High (up to a day's worth)".
SNAPSHOT_AGE_SECONDS = DAY
_SNAPSHOT_SOURCE = "AWS ElastiCache, scheduling automatic backups: one a day, read 2026-11"
# AWS: "Mitigating Failures", read 2026-11: "Creating and provisioning a cluster can take several minutes". Fifteen are
# an assumption.
_NEW_CACHE_SECONDS = 15 * 60
_NEW_SOURCE = f"AWS ElastiCache, mitigating failures: a new cluster takes minutes, read 2026-11; {ASSUMED}"


def cache_ways(cache: Cache, second: SecondRegion, scope: Scope) -> Iterator[Way]:
    """Every way back that `cache` has in `scope`, in no order. Snapshots never leave their region."""
    if scope is Scope.REGION:
        yield from _standby(cache, second)
        return
    if scope is Scope.ZONE:
        yield from _failover(cache)
    yield from _anew(cache)
    yield from _from_snapshot(cache)


def _failover(cache: Cache) -> Iterator[Way]:
    serverless = cache.mode is CacheMode.SERVERLESS
    if serverless or _survives_a_zone(cache):
        kind = "the serverless cache answers from another zone" if serverless else "a replica takes over"
        yield Way(
            mechanism=kind,
            rpo_seconds=0 if cache.rebuildable else LAG_SECONDS,
            rto_seconds=FAILOVER_SECONDS,
            source=_FAILOVER_SOURCE,
            rto_estimated=True,
            rpo_estimated=True,
        )


def _survives_a_zone(cache: Cache) -> bool:
    replicated = cache.mode is not CacheMode.SINGLE and cache.replicas > 0
    return replicated and cache.automatic_failover and cache.multi_az


def _anew(cache: Cache) -> Iterator[Way]:
    yield Way(
        mechanism="a new cache, filled again from the database"
        if cache.rebuildable
        else "a new, empty cache",
        rpo_seconds=_nothing_missed(cache),
        rto_seconds=PEOPLE_SECONDS + _NEW_CACHE_SECONDS,
        source=_NEW_SOURCE,
        rto_estimated=True,
    )


def _from_snapshot(cache: Cache) -> Iterator[Way]:
    if cache.snapshot_retention_days > 0 and not cache.rebuildable:
        yield Way(
            mechanism="a new cache from yesterday's snapshot",
            rpo_seconds=SNAPSHOT_AGE_SECONDS,
            rto_seconds=PEOPLE_SECONDS + _NEW_CACHE_SECONDS,
            source=f"{_SNAPSHOT_SOURCE}; {_NEW_SOURCE}",
            rto_estimated=True,
        )


def _standby(cache: Cache, second: SecondRegion) -> Iterator[Way]:
    if second.standby:
        yield Way(
            mechanism="the standby stack's own cache, which holds nothing of the first one's",
            rpo_seconds=_nothing_missed(cache),
            rto_seconds=0,
            source="the standby stack's settings",
        )


def _nothing_missed(cache: Cache) -> Seconds:
    return 0 if cache.rebuildable else None
