"""How long each part may be away and how much it may lose, by what happened."""

from __future__ import annotations

from dataclasses import dataclass, field

from stacks.recovery.scope import Scope, Store
from stacks.recovery.way import Seconds


@dataclass(frozen=True, kw_only=True)
class Objective:
    """`rto_seconds`: the longest absence. `rpo_seconds`: how old the newest surviving data may be. None: not stated."""

    rto_seconds: Seconds = None
    rpo_seconds: Seconds = None

    @property
    def stated(self) -> bool:
        """Whether it asks for anything."""
        return (self.rto_seconds, self.rpo_seconds) != (None, None)


UNSTATED = Objective()


@dataclass(frozen=True, kw_only=True)
class Targets:
    """One objective per part, for one scope; `whole` binds every part."""

    application: Objective = UNSTATED
    database: Objective = UNSTATED
    cache: Objective = UNSTATED
    objects: Objective = UNSTATED
    whole: Objective = UNSTATED

    def of(self, store: Store) -> Objective:
        """That of `store`."""
        by_store: dict[Store, Objective] = {
            Store.APPLICATION: self.application,
            Store.DATABASE: self.database,
            Store.CACHE: self.cache,
            Store.OBJECTS: self.objects,
            Store.WHOLE: self.whole,
        }
        return by_store[store]


@dataclass(frozen=True, kw_only=True)
class Objectives:
    """`database_failover_seconds`: until another server of the database takes writes, without anybody's doing."""

    zone: Targets = field(default_factory=Targets)
    mistake: Targets = field(default_factory=Targets)
    region: Targets = field(default_factory=Targets)
    database_failover_seconds: Seconds = None

    def of(self, store: Store, scope: Scope) -> Objective:
        """What is stated for `store` when `scope` happens."""
        by_scope = {Scope.ZONE: self.zone, Scope.MISTAKE: self.mistake, Scope.REGION: self.region}
        return by_scope[scope].of(store)


def objectives(
    table: Targets,
    *,
    restored_within: Seconds = None,
    region: Targets | None = None,
    database_failover_seconds: Seconds = None,
) -> Objectives:
    """`table` as documents mean it: a part of the region fails, and the region stands.

    Its RPO of database and objects (or the whole's, if they have none) holds after mistakes too: a standby copies
    them, so a document that promises "at most 5 minutes" means backups as well. Nobody can promise that of a cache,
    whose snapshots are daily. Its RTO does not hold for restores, which take as long as the data is large;
    `restored_within` states that one. `region` is stated apart.
    """
    return Objectives(
        zone=table,
        mistake=_after_mistakes(table, restored_within),
        region=region or Targets(),
        database_failover_seconds=database_failover_seconds,
    )


def _after_mistakes(table: Targets, restored_within: Seconds) -> Targets:
    def of(part: Objective) -> Objective:
        stated = part.rpo_seconds if part.rpo_seconds is not None else table.whole.rpo_seconds
        return Objective(rto_seconds=restored_within, rpo_seconds=stated)

    return Targets(database=of(table.database), objects=of(table.objects))
