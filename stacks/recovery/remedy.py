"""What would keep an objective, as settings to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from stacks.recovery.mechanisms import Mechanisms


class Cost(IntEnum):
    """What a change costs a month, by order of magnitude: one of a class costs more than several below it.

    The order is that of AWS's price lists for one environment of ordinary size; per reference notes.
    """

    NOTHING = 0
    STORAGE = 1
    """Backups, snapshots, versions: cents per GB."""
    COPIES = 2
    """The same in a second region, and the way there."""
    TASK = 3
    NODE = 4
    """Of the cache."""
    INSTANCE = 5
    """A second server of the database."""
    CLUSTER = 6
    """Three servers with local disks."""
    REGION = 7
    """A second stack."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A setting and the value that it gets."""

    path: str
    value: bool | int | str


@dataclass(frozen=True, kw_only=True)
class Step:
    """Changes that belong together, what they cost, and what the mechanisms are with them."""

    changes: tuple[Change, ...]
    cost: Cost
    apply: Callable[[Mechanisms], Mechanisms]


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """Steps that together keep an objective."""

    steps: tuple[Step, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every setting once; what a later step says stands."""
        by_path = {change.path: change for step in self.steps for change in step.changes}
        return tuple(by_path.values())

    @property
    def cost(self) -> tuple[Cost, ...]:
        """The dearest first: remedies compare by it."""
        return tuple(sorted((step.cost for step in self.steps), reverse=True))

    def apply(self, mechanisms: Mechanisms) -> Mechanisms:
        """`mechanisms` with all steps taken."""
        for step in self.steps:
            mechanisms = step.apply(mechanisms)
        return mechanisms

    def words(self) -> str:
        """`database.multi_az=true and database.backup_retention_days=7`."""
        return " and ".join(f"{change.path}={_written(change.value)}" for change in self.changes)


def _written(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
