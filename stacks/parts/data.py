"""What remembers: the database and the cache."""

from dataclasses import dataclass

from components.cache import Cache
from components.database import Database
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


def _database(settings: Settings, ground: Ground) -> Database | RemoteReplica | None:
    if settings.database is None:
        return None
    if ground.primary is not None and ground.primary.replicates:
        return make_replica(settings, settings.database, ground, ground.primary)
    return make_database(settings, settings.database, ground)
