"""Names of applications, groups and configurations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Value

# AWS: «CodeDeploy quotas», CodeDeploy User Guide: characters allowed in names; from memory, not verified.
_NAME = re.compile(r"[A-Za-z0-9._+=,@-]+")


def problems(name: Value, path: str, code: str) -> Iterator[Refusal]:
    """What is wrong with the characters of `name`."""
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield Refusal(code, f"The name {name!r} may hold letters, digits and . _ + = , @ - only.", path)
