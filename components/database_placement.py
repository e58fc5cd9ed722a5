"""In which availability zones the instances of a database stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placement:
    """`primary` None: RDS places the primary and its standby (`multi_az`) itself."""

    primary: str | None
    replicas: Sequence[str]


def place(zones: Sequence[str], *, multi_az: bool, replicas: int) -> Placement:
    """The primary in the first zone, replicas round-robin over the others.

    RDS takes no zone for a Multi-AZ primary; its replicas start in the second zone and may come to meet it.
    """
    others = [*zones[1:], zones[0]] if multi_az else list(zones[1:])
    return Placement(
        primary=None if multi_az else zones[0],
        replicas=[others[index % len(others)] for index in range(replicas)],
    )
