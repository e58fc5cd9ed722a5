"""Requirements with their proofs: what a row's status is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.requirements.mark import Way
from scripts.requirements.proofs import Proof, proofs
from scripts.requirements.rows import INFRASTRUCTURE_KINDS, Requirement, System, read

OPEN = "open"
UNEXPLAINED = "unexplained"
"""Open, and nobody has said why."""
STATUSES = (*Way, OPEN, UNEXPLAINED)


@dataclass(frozen=True)
class Entry:
    """A requirement and the tests that prove it, none if it is open."""

    requirement: Requirement
    proofs: tuple[Proof, ...]

    @property
    def statuses(self) -> tuple[str, ...]:
        """The ways in which it is proved, or `OPEN`, or `UNEXPLAINED`."""
        ways = {proof.way for proof in self.proofs}
        unproved = OPEN if self.requirement.reason else UNEXPLAINED
        return tuple(way for way in Way if way in ways) or (unproved,)


def ledger() -> Mapping[System, tuple[Entry, ...]]:
    """Every row of every system."""
    proved = proofs()
    return {system: tuple(Entry(row, proved.get(row.id, ())) for row in system.rows) for system in read()}


def entries() -> tuple[Entry, ...]:
    """The rows of all systems."""
    return tuple(entry for ones in ledger().values() for entry in ones)


def unexplained() -> tuple[Entry, ...]:
    """The rows of `INFRASTRUCTURE_KINDS` that nothing proves and nobody explains."""
    return tuple(
        entry
        for entry in entries()
        if entry.requirement.kind in INFRASTRUCTURE_KINDS and UNEXPLAINED in entry.statuses
    )
