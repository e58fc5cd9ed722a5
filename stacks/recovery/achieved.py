"""What the chosen mechanisms come to: how much is lost and how long each part is away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stacks.recovery.application import application_ways
from stacks.recovery.cache import cache_ways
from stacks.recovery.database import database_ways, failover_seconds
from stacks.recovery.mechanisms import Mechanisms
from stacks.recovery.objects import objects_ways
from stacks.recovery.scope import PARTS, Scope, Store
from stacks.recovery.way import Seconds, Way, worth_having
from stacks.recovery.whole import whole_ways


@dataclass(frozen=True, kw_only=True)
class Achieved:
    """The ways back per part and scope, the one with the least loss first; a part that is not there has none."""

    ways: Mapping[tuple[Store, Scope], tuple[Way, ...]]
    database_failover_seconds: Seconds = None

    def has(self, store: Store) -> bool:
        """Whether the system has this part."""
        return (store, Scope.ZONE) in self.ways

    def of(self, store: Store, scope: Scope) -> Way:
        """The way back that loses least, and of those the fastest; `store` must be there."""
        return self.ways[store, scope][0]


def achieved(mechanisms: Mechanisms) -> Achieved:
    """The RPO and RTO of every part and of the whole, for each scope, with mechanism and source."""
    ways = {
        (part, scope): worth_having(found)
        for scope in Scope
        for part in PARTS
        if (found := _ways(mechanisms, part, scope)) is not None
    }
    whole = {(Store.WHOLE, scope): whole_ways(_parts(ways, scope)) for scope in Scope if ways}
    database = mechanisms.database
    return Achieved(
        ways={**ways, **whole},
        database_failover_seconds=failover_seconds(database) if database else None,
    )


def _ways(mechanisms: Mechanisms, part: Store, scope: Scope) -> Iterator[Way] | None:
    second = mechanisms.second_region
    if part is Store.APPLICATION and mechanisms.application is not None:
        return application_ways(mechanisms.application, second, scope)
    if part is Store.DATABASE and mechanisms.database is not None:
        return database_ways(mechanisms.database, scope)
    if part is Store.CACHE and mechanisms.cache is not None:
        return cache_ways(mechanisms.cache, second, scope)
    if part is Store.OBJECTS and mechanisms.objects is not None:
        return objects_ways(mechanisms.objects, scope)
    return None


def _parts(
    ways: Mapping[tuple[Store, Scope], tuple[Way, ...]], scope: Scope
) -> Mapping[Store, tuple[Way, ...]]:
    return {store: found for (store, of), found in ways.items() if of is scope}
