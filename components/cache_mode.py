"""Which shape a cache has."""

from __future__ import annotations

from components.cache_args import CacheArgs
from components.cache_options import CacheMode

_NO_REPLICAS = (CacheMode.SINGLE, CacheMode.SERVERLESS)


def mode_of(args: CacheArgs) -> tuple[CacheMode, int]:
    """The mode that was asked for, or what the numbers come to; and how many replicas that is per shard."""
    mode = args.mode or _guessed(args)
    if args.replicas is not None:
        return mode, args.replicas
    return mode, 0 if mode in _NO_REPLICAS else 1


def _guessed(args: CacheArgs) -> CacheMode:
    if args.serverless is not None:
        return CacheMode.SERVERLESS
    if args.shards > 1:
        return CacheMode.CLUSTER
    return CacheMode.SINGLE if args.replicas == 0 else CacheMode.REPLICATED
