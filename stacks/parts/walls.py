"""The network ACLs around the tiers, from the relations that were declared: so they come last."""

from collections.abc import Sequence

from components.database import Database
from components.relations import Peer
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.parts.relations import private_peers
from stacks.settings.root import Settings


def wall_in(
    settings: Settings,
    ground: Ground,
    entrance: Entrance,
    data: Data,
    application: Application,
    others: Sequence[Peer] = (),
) -> None:
    """An ACL around each tier that admits what was declared; `others` stand in the private tier too."""
    private, database = [*private_peers(ground, data, application), *others], _servers(data)
    if data.cache is not None and settings.cache is not None:
        (private if settings.cache.subnet_tier == "private" else database).append(data.cache)
    ground.network.wall_in(public=[entrance.gateway], private=private, database=database)


def _servers(data: Data) -> list[Peer]:
    """The database, and the proxy that stands before it."""
    if data.database is None:
        return []
    if isinstance(data.database, Database) and data.database.proxy is not None:
        return [data.database, data.database.proxy.peer]
    return [data.database]
