"""One way back: what it loses, how long it takes, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

Seconds = int | None
"""None: never."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """`rpo_seconds` None: what was there is lost. `rto_seconds` None: it does not come back at all.

    The `estimated` ones rest on an assumption of this package instead of on AWS's word.
    """

    mechanism: str
    rpo_seconds: Seconds
    rto_seconds: Seconds
    source: str
    rto_estimated: bool = False
    rpo_estimated: bool = False

    @property
    def order(self) -> tuple[float, float]:
        """Less loss first, then the shorter absence."""
        return bound(self.rpo_seconds), bound(self.rto_seconds)

    def meets(self, rto_seconds: Seconds, rpo_seconds: Seconds) -> bool:
        """Whether it keeps both; None as an objective asks for nothing."""
        return within(self.rto_seconds, rto_seconds) and within(self.rpo_seconds, rpo_seconds)

    def covers(self, other: Way) -> bool:
        """Whether it is nowhere worse than `other`."""
        return all(mine <= theirs for mine, theirs in zip(self.order, other.order, strict=True))


NO_WAY = Way(
    mechanism="nothing that was chosen brings it back",
    rpo_seconds=None,
    rto_seconds=None,
    source="no mechanism applies",
)


def bound(seconds: Seconds) -> float:
    """`seconds` as a number that compares: never is infinitely long."""
    return inf if seconds is None else seconds


def within(achieved: Seconds, stated: Seconds) -> bool:
    """Whether `achieved` keeps what is `stated`; nothing stated is always kept."""
    return stated is None or bound(achieved) <= stated


def worth_having(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Those that no other one covers, the least loss first; `NO_WAY` if there is none."""
    kept: list[Way] = []
    for way in sorted(ways, key=lambda way: way.order):
        if not any(better.covers(way) for better in kept):
            kept.append(way)
    return tuple(kept) or (NO_WAY,)
