"""The server settings of a cache: presets, and what ElastiCache decides by itself."""

from __future__ import annotations

from collections.abc import Mapping

from components.cache_options import CacheWorkload
from components.errors import ComponentError

_POLICY = "maxmemory-policy"
_PRESETS: Mapping[CacheWorkload, Mapping[str, str]] = {
    CacheWorkload.CACHE: {_POLICY: "allkeys-lru"},
    CacheWorkload.SESSIONS: {_POLICY: "volatile-lru"},
    CacheWorkload.QUEUE: {_POLICY: "noeviction"},
}

# AWS: "Valkey and Redis OSS parameters", what cannot be changed or is not there; per reference notes.
_NOT_OURS = {
    "maxmemory": "it follows from `node_type`; choose a node with that much memory",
    "save": "there are no save points; use `snapshot_retention_days` and `replicas`",
    "appendonly": "there is no append-only file; use `replicas` and `snapshot_retention_days`",
    "appendfsync": "there is no append-only file; use `replicas` and `snapshot_retention_days`",
    "requirepass": "the password is in a secret; use `auth`",
    "cluster-enabled": "it follows from `mode` and `shards`",
}


def resolve(
    where: str, workload: CacheWorkload | None, asked: Mapping[str, str], *, clustered: bool
) -> Mapping[str, str]:
    """What was asked, over the preset, sorted by name; refuses what ElastiCache decides by itself."""
    for name, remedy in _NOT_OURS.items():
        if name in asked:
            raise _not_ours(where, name, remedy)
    preset = {} if workload is None else _PRESETS[workload]
    cluster = {"cluster-enabled": "yes"} if clustered else {}
    return dict(sorted({**preset, **asked, **cluster}.items()))


def _not_ours(where: str, name: str, remedy: str) -> ComponentError:
    return ComponentError(
        where,
        f"parameter `{name}` cannot be set in ElastiCache",
        expected=f"no `{name}` in `parameters`",
        fix=f"remove `{name}`: {remedy}",
    )
