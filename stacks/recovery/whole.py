"""The whole is as bad as the worst of its parts: they come back beside each other, and all are needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from stacks.recovery.scope import Store
from stacks.recovery.way import Way, bound, worth_having


def whole_ways(parts: Mapping[Store, tuple[Way, ...]]) -> tuple[Way, ...]:
    """The ways in which all `parts` come back."""
    named = [tuple(_named(store, way) for way in ways) for store, ways in parts.items()]
    return reduce(lambda so_far, ways: worth_having(_worse(a, b) for a in so_far for b in ways), named)


def _named(store: Store, way: Way) -> Way:
    return Way(
        mechanism=f"{store}: {way.mechanism}",
        rpo_seconds=way.rpo_seconds,
        rto_seconds=way.rto_seconds,
        source=way.source,
        estimate=way.estimate,
    )


def _worse(a: Way, b: Way) -> Way:
    loses = max(a, b, key=lambda way: bound(way.rpo_seconds))
    stays_away = max(a, b, key=lambda way: bound(way.rto_seconds))
    words = dict.fromkeys(
        (stays_away.mechanism, loses.mechanism) if loses.rpo_seconds != 0 else (stays_away.mechanism,)
    )
    return Way(
        mechanism="; ".join(words),
        rpo_seconds=loses.rpo_seconds,
        rto_seconds=stays_away.rto_seconds,
        source=stays_away.source,
        estimate=a.estimate or b.estimate,
    )
