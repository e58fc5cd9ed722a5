"""Engines, versions and node types of ElastiCache.

AWS: «Supported engines and versions» and «Supported node types», ElastiCache User Guide; per reference notes, not
verified against AWS. Conservative: what is missing here is refused until somebody has looked it up.
"""

from __future__ import annotations

import re

FAMILIES = (
    "memcached1.4",
    "memcached1.5",
    "memcached1.6",
    "redis2.8",
    "redis3.2",
    "redis4.0",
    "redis5.0",
    "redis6.x",
    "redis7",
    "valkey7",
    "valkey8",
    "valkey9",
)
# Parameters that follow from the node type or are the service's own.
FIXED = {
    "maxmemory": "it follows from the node type",
    "databases-per-node": "it is the service's own",
    "appendonly": "it is not available from version 2.8.22 on; use replicas and snapshots",
}
_VERSIONS = {
    "redis": re.compile(r"3\.2\.(4|5|6|10)|4\.0\.10|5\.0\.6|6\.(0|2|x)|7\.(0|1|x)"),
    "valkey": re.compile(r"7\.2|8\.[0-2]|9\.0"),
}
_NODE_TYPE = re.compile(
    r"cache\.(t2|t3|t4g)\.(micro|small|medium)|cache\.(m4|m5|m6g|m7g|r4|r5|r6g|r7g)\.(x?large|\d+xlarge)"
    r"|cache\.(r6gd)\.(x?large|\d+xlarge)|cache\.(c7gn)\.(x?large|\d+xlarge)"
)


NAMES = tuple(_VERSIONS)
DEFAULT_VERSIONS = {"memcached": "1.6.22", "redis": "7.1", "valkey": "8.1"}
# From memory of AWS's documentation, not verified: «Supported engines and versions», Memcached and serverless.
_MEMCACHED = re.compile(r"1\.4\.(5|14|24|33|34)|1\.5\.(10|16)|1\.6\.(6|12|17|22)")
_SERVERLESS = {
    "memcached": {"1.6": "1.6.22"},
    "redis": {"7": "7.1"},
    "valkey": {"7": "7.2", "8": "8.1", "9": "9.0"},
}
SERVERLESS = tuple(_SERVERLESS)


def has_version(engine: str, version: str) -> bool:
    """Whether AWS offers the version."""
    return bool(_VERSIONS[engine].fullmatch(version))


def has_memcached(version: str) -> bool:
    """Whether AWS offers the version of Memcached."""
    return bool(_MEMCACHED.fullmatch(version))


def serverless_majors(engine: str) -> tuple[str, ...]:
    """The major versions that serverless caches come with, oldest first."""
    return tuple(_SERVERLESS[engine])


def serverless_version(engine: str, major: str) -> str:
    """What a serverless cache of the major version runs; the newest for no version at all."""
    return _SERVERLESS[engine].get(major) or list(_SERVERLESS[engine].values())[-1]


def is_node_type(name: str) -> bool:
    """Whether AWS has such a node."""
    return bool(_NODE_TYPE.fullmatch(name))


def family(engine: str, version: str) -> str:
    """The parameter group family of a version."""
    major = version.split(".", 1)[0]
    if engine == "memcached":
        return "memcached" + ".".join(version.split(".")[:2])
    if engine == "redis" and major == "6":
        return "redis6.x"
    if engine == "redis" and int(major) < 6:
        return "redis" + ".".join(version.split(".")[:2])
    return f"{engine}{major}"
