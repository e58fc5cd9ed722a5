"""What remembers: the database and the cache."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.cache import Cache
from components.database import Database
from components.relations import Peer
from components.remote_replica import RemoteReplica
from stacks.parts.cache import make_cache
from stacks.parts.database import make_database, make_replica
from stacks.parts.ground import Ground
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Data:
    """The database stands in the database tier, which has no route to the internet; so does the cache, unless told.

    In a standby the database may be a replica of the first region's.
    """

    database: Database | RemoteReplica | None
    cache: Cache | None

    @property
    def own_database(self) -> Database | None:
        """The database if it is made here and follows none: what has alarms, backups and dumps of its own."""
        return self.database if isinstance(self.database, Database) else None


def keep_data(settings: Settings, ground: Ground) -> Data:
    """The database and the cache of the environment."""
    return Data(
        database=_database(settings, ground),
        cache=None if settings.cache is None else make_cache(settings, settings.cache, ground),
    )


def let_people_in(ground: Ground, data: Data) -> None:
    """The bastion reaches database and cache, past whatever stands before them."""
    if ground.bastion is None:
        return
    if data.database is not None:
        data.database.allow_directly_from(ground.bastion)
    if data.cache is not None:
        data.cache.allow_from(ground.bastion)


def peers_of_data(settings: Settings, ground: Ground, data: Data) -> Mapping[str, Sequence[Peer]]:
    """Everybody here who talks to somebody, by tier: what `Network.wall_in` has to know."""
    tiers: dict[str, list[Peer]] = {"private": [], "database": []}
    if ground.bastion is not None:
        tiers["private"].append(ground.bastion)
    if data.cache is not None and settings.cache is not None:
        tiers[settings.cache.subnet_tier].append(data.cache)
    if data.database is not None:
        tiers["database"].append(data.database)
    if (own := data.own_database) is not None:
        tiers["private"] += [own.rotation_peer] if own.rotation_peer else []
        tiers["database"] += [own.proxy.peer] if own.proxy else []
    return tiers


def _database(settings: Settings, ground: Ground) -> Database | RemoteReplica | None:
    if settings.database is None:
        return None
    if ground.primary is not None and ground.primary.replicates:
        return make_replica(settings, settings.database, ground, ground.primary)
    return make_database(settings, settings.database, ground)
