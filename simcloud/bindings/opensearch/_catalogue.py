"""Versions and instance types of OpenSearch Service.

AWS: «Supported versions» and «Supported instance types», OpenSearch Service Developer Guide; from memory and from what
public programs use in 2026, not verified. Conservative: what is missing here is refused until it has been looked up.
"""

from __future__ import annotations

import re

_OPENSEARCH = (
    "1.0", "1.1", "1.2", "1.3", "2.3", "2.5", "2.7", "2.9", "2.11", "2.13", "2.15", "2.17", "2.19", "3.1", "3.3", "3.5",
)  # fmt: skip
_ELASTICSEARCH = (
    "5.1", "5.3", "5.5", "5.6", "6.0", "6.2", "6.3", "6.4", "6.5", "6.7", "6.8", "7.1", "7.4", "7.7", "7.8", "7.9",
    "7.10",
)  # fmt: skip
VERSIONS = (
    *(f"Elasticsearch_{version}" for version in _ELASTICSEARCH),
    *(f"OpenSearch_{version}" for version in _OPENSEARCH),
)
NEWEST = VERSIONS[-1]

_TYPE = re.compile(
    r"(t2|t3)\.(small|medium)|t3\.(nano|micro|large|xlarge|2xlarge)"
    r"|(m3|m4|m5|m6g|m7g|m7i|m8g|c4|c5|c6g|c7g|c7i|c8g|r3|r4|r5|r6g|r6gd|r7g|r7gd|r7i|r8g|r8gd|i2|i3|i4g|i4i|i7i|i8g"
    r"|im4gn|or1|or2|om2|oi2)\.(medium|large|xlarge|\d+xlarge)"
)
_LOCAL = ("i2", "i3", "i4g", "i4i", "i7i", "i8g", "im4gn", "r6gd", "r7gd", "r8gd", "oi2")
BURSTING = ("t2", "t3")


def is_type(name: str) -> bool:
    """Whether AWS has such an instance."""
    return name.endswith(".search") and bool(_TYPE.fullmatch(name.removesuffix(".search")))


def family(name: str) -> str:
    """`r6g` of `r6g.large.search`."""
    return name.split(".", 1)[0]


def has_disks(name: str) -> bool:
    """Whether the instance has disks of its own, so that it can do without volumes."""
    return family(name) in _LOCAL


def can_become(present: str, wanted: str) -> bool:
    """Whether a domain can be brought from one version to the other in place."""
    return wanted in VERSIONS and present in VERSIONS and VERSIONS.index(wanted) > VERSIONS.index(present)
