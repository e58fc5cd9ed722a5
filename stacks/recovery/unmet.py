"""Which objectives the mechanisms do not keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stacks.recovery.achieved import Achieved
from stacks.recovery.objectives import Objective, Objectives
from stacks.recovery.scope import Scope, Store
from stacks.recovery.way import within


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """`scope` None: the failover of the database, which has an objective of its own."""

    store: Store
    scope: Scope | None


def unmet(reached: Achieved, wanted: Objectives) -> frozenset[Unmet]:
    """Every objective for which no single way back keeps both its RTO and its RPO."""
    return frozenset([*_by_scope(reached, wanted), *_failover(reached, wanted)])


def kept(reached: Achieved, store: Store, scope: Scope, objective: Objective) -> bool:
    """Whether one way back of `store` keeps all of `objective`; nothing is lost of what is not there."""
    ways = reached.ways.get((store, scope))
    return ways is None or any(way.meets(objective.rto_seconds, objective.rpo_seconds) for way in ways)


def _by_scope(reached: Achieved, wanted: Objectives) -> Iterator[Unmet]:
    for scope in Scope:
        for store in Store:
            if not kept(reached, store, scope, wanted.of(store, scope)):
                yield Unmet(store=store, scope=scope)


def _failover(reached: Achieved, wanted: Objectives) -> Iterator[Unmet]:
    stated = wanted.database_failover_seconds
    if reached.has(Store.DATABASE) and not within(reached.database_failover_seconds, stated):
        yield Unmet(store=Store.DATABASE, scope=None)
