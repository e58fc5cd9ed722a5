"""What a cache's arguments must not say together."""

from __future__ import annotations

from components.cache_args import CacheArgs
from components.errors import ComponentError

# AWS: CreateReplicationGroup, parameters of the same names; per reference notes.
_MAXIMUM_REPLICAS = 5
_MAXIMUM_RETENTION_DAYS = 35


def check(where: str, args: CacheArgs) -> None:
    """Refuses arguments that contradict each other or ElastiCache, before anything is registered."""
    _check_counts(where, args)
    _check_failover(where, args)
    _check_snapshots(where, args)


def _check_counts(where: str, args: CacheArgs) -> None:
    if args.shards >= 1 and 0 <= args.replicas <= _MAXIMUM_REPLICAS:
        return
    raise ComponentError(
        where,
        f"{args.shards} shard(s) with {args.replicas} replica(s) each",
        expected=f"1 or more shards and 0 to {_MAXIMUM_REPLICAS} replicas",
        fix="set `shards` and `replicas` within it",
    )


def _check_failover(where: str, args: CacheArgs) -> None:
    if args.replicas >= 1:
        return
    if args.multi_az:
        raise _nothing_to_fail_over_to(where, "Multi-AZ", "`multi_az` to False")
    if args.clustered:
        raise _nothing_to_fail_over_to(where, "cluster mode, which needs failover,", "`shards` to 1")


def _nothing_to_fail_over_to(where: str, what: str, otherwise: str) -> ComponentError:
    return ComponentError(
        where,
        f"{what} with no replica: there is nothing to fail over to",
        expected="`replicas` of 1 or more",
        fix=f"set `replicas` to 1 or more, or {otherwise}",
    )


def _check_snapshots(where: str, args: CacheArgs) -> None:
    if 0 <= args.snapshot_retention_days <= _MAXIMUM_RETENTION_DAYS:
        return
    raise ComponentError(
        where,
        f"snapshots are kept {args.snapshot_retention_days} days",
        expected=f"0 (none) to {_MAXIMUM_RETENTION_DAYS}",
        fix="set `snapshot_retention_days` within it",
    )
