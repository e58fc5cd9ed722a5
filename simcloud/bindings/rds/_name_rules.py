"""Names of groups: what RDS and ElastiCache take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Value

# AWS: CreateDBParameterGroup, RDS API Reference; per general knowledge, not verified against AWS.
_NAME = re.compile(r"(?!.*--)[A-Za-z][A-Za-z0-9.-]{0,254}(?<!-)")


def problems(name: Value, path: str) -> Iterator[Refusal]:
    """What is wrong with a name that somebody chose."""
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield Refusal(
            "InvalidParameterValue",
            f"The name {name!r} is not valid: 1 to 255 letters, digits, hyphens and periods, beginning with a letter, "
            "without two hyphens in a row or one at the end.",
            path,
        )
    elif isinstance(name, str) and name.startswith("default."):
        yield Refusal("InvalidParameterValue", f"The name {name!r} is reserved: default. is AWS's own.", path)
