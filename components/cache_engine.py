"""The cache engines, and what differs between them."""

from __future__ import annotations

from enum import StrEnum

from components.errors import ComponentError


class CacheEngine(StrEnum):
    """The cache engines that are supported."""

    REDIS = "redis"
    VALKEY = "valkey"


PORT = 6379
# AWS: "Create a serverless cache": clients reach 6379, and 6380 for reads; per reference notes.
SERVERLESS_READER_PORT = 6380

# AWS: "Supported engines and versions" of ElastiCache: what has TLS, AUTH and both logs; per reference notes.
_OLDEST = {CacheEngine.REDIS: 6, CacheEngine.VALKEY: 7}


def family(where: str, engine: CacheEngine, version: str) -> str:
    """The parameter group family of an engine version: `redis7`, `redis6.x`, `valkey8`."""
    major = _major(where, engine, version)
    return "redis6.x" if (engine, major) == (CacheEngine.REDIS, 6) else f"{engine}{major}"


def _major(where: str, engine: CacheEngine, version: str) -> int:
    parts = version.split(".")
    if len(parts) < 2 or not parts[0].isdigit() or int(parts[0]) < _OLDEST[engine]:
        raise ComponentError(
            where,
            f"`{version}` is no {engine} version that can be used",
            expected=f"major and minor part, at least {_OLDEST[engine]}, such as {_OLDEST[engine]}.2",
            fix="set `engine_version` to a version that ElastiCache offers",
        )
    return int(parts[0])
