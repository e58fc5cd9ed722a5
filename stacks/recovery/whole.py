"""The whole is as bad as the worst of its parts: they come back beside each other, and all are needed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from stacks.recovery.scope import Store
from stacks.recovery.way import Way, bound, worth_having


def whole_ways(parts: Mapping[Store, tuple[Way, ...]]) -> tuple[Way, ...]:
    """The ways in which all `parts` come back: one way of each."""
    return worth_having(
        _together(dict(zip(parts, chosen, strict=True))) for chosen in product(*parts.values())
    )


def _together(chosen: Mapping[Store, Way]) -> Way:
    loser = max(chosen, key=lambda store: bound(chosen[store].rpo_seconds))
    last = max(chosen, key=lambda store: bound(chosen[store].rto_seconds))
    lossless = chosen[loser].rpo_seconds == 0
    decisive = dict.fromkeys((last,) if lossless else (last, loser))
    return Way(
        mechanism="; ".join(f"{store}: {chosen[store].mechanism}" for store in decisive),
        rpo_seconds=chosen[loser].rpo_seconds,
        rto_seconds=chosen[last].rto_seconds,
        source="; ".join(dict.fromkeys(chosen[store].source for store in decisive)),
        rto_estimated=chosen[last].rto_estimated,
        rpo_estimated=chosen[loser].rpo_estimated,
    )
