"""The objectives that are not kept, each with the cheapest remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stacks.recovery.achieved import Achieved, achieved
from stacks.recovery.cheapest import cheapest
from stacks.recovery.duration import duration
from stacks.recovery.mechanisms import Mechanisms
from stacks.recovery.objectives import Objectives
from stacks.recovery.remedy import Remedy
from stacks.recovery.scope import Scope, Store
from stacks.recovery.unhelpful import unhelpful
from stacks.recovery.unmet import Unmet, unmet
from stacks.recovery.way import Seconds, within


class Quantity(StrEnum):
    """Which number of an objective."""

    RTO = "RTO"
    RPO = "RPO"
    FAILOVER = "failover"


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """`achieved_seconds` None: never. `remedy` None: nothing here keeps the objective without breaking another."""

    store: Store
    scope: Scope
    quantity: Quantity
    stated_seconds: int
    achieved_seconds: Seconds
    mechanism: str
    why: str
    remedy: Remedy | None

    def words(self) -> str:
        """One line: `database RPO of 5 min after a mistake: …`."""
        return (
            f"{self.store} {self.quantity} of {duration(self.stated_seconds)} {_WHEN[self.scope]}: "
            f"{duration(self.achieved_seconds)} is achieved, because {self.why}"
        )


_WHEN = {
    Scope.ZONE: "when a machine or zone is lost",
    Scope.MISTAKE: "after a mistake",
    Scope.REGION: "when the region is lost",
}


def shortfalls(mechanisms: Mechanisms, objectives: Objectives) -> tuple[Shortfall, ...]:
    """Every number that is stated and not kept, part by part; none if all are kept."""
    reached = achieved(mechanisms)
    missed = unmet(reached, objectives)
    order = [Unmet(store=store, scope=scope) for scope in (None, *Scope) for store in Store]
    return tuple(
        shortfall
        for one in order
        if one in missed
        for shortfall in _numbers(one, mechanisms, reached, objectives, cheapest(mechanisms, objectives, one))
    )


def _numbers(
    one: Unmet, mechanisms: Mechanisms, reached: Achieved, wanted: Objectives, remedy: Remedy | None
) -> Iterator[Shortfall]:
    if one.scope is None:
        yield _failover(reached, wanted, remedy)
        return
    way, objective = reached.of(one.store, one.scope), wanted.of(one.store, one.scope)
    numbers = (
        (Quantity.RTO, objective.rto_seconds, way.rto_seconds),
        (Quantity.RPO, objective.rpo_seconds, way.rpo_seconds),
    )
    for quantity, stated, got in numbers:
        if stated is not None and not within(got, stated):
            yield Shortfall(
                store=one.store,
                scope=one.scope,
                quantity=quantity,
                stated_seconds=stated,
                achieved_seconds=got,
                mechanism=way.mechanism,
                why="; ".join(
                    (f"{way.mechanism} ({way.source})", *unhelpful(mechanisms, one.store, one.scope))
                ),
                remedy=remedy,
            )


def _failover(reached: Achieved, wanted: Objectives, remedy: Remedy | None) -> Shortfall:
    got = reached.database_failover_seconds
    way = reached.of(Store.DATABASE, Scope.ZONE)
    return Shortfall(
        store=Store.DATABASE,
        scope=Scope.ZONE,
        quantity=Quantity.FAILOVER,
        stated_seconds=wanted.database_failover_seconds or 0,
        achieved_seconds=got,
        mechanism=way.mechanism if got is not None else "no server takes over by itself",
        why=f"{way.mechanism} ({way.source})"
        if got is not None
        else "there is no standby that takes over by itself",
        remedy=remedy,
    )
