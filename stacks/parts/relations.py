"""Who may talk to whom: the whole firewall of an environment, and every right to data."""

from components.relations import Peer
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.settings.root import Settings


def connect(
    settings: Settings, ground: Ground, entrance: Entrance, data: Data, application: Application
) -> None:
    """Edge → gateway (the gateway's own ingress) → service → database, cache and uploads; nothing else."""
    for name, service in application.services.items():
        uses = settings.services[name].uses
        if data.database is not None and "database" in uses:
            data.database.allow_from(service)
        if data.cache is not None and "cache" in uses:
            data.cache.allow_from(service)
        if "uploads" in uses:
            ground.uploads.grant_read_write(service.task_role_name)
    _wall_in(settings, ground, entrance, data, application)


def _wall_in(
    settings: Settings, ground: Ground, entrance: Entrance, data: Data, application: Application
) -> None:
    """The network ACLs, from the relations above: so it comes last, and names everybody who has one."""
    tiers: dict[str, list[Peer]] = {"private": [*application.services.values()], "database": []}
    if data.database is not None:
        tiers["database"].append(data.database)
    if data.cache is not None and settings.cache is not None:
        tiers[settings.cache.subnet_tier].append(data.cache)
    ground.network.wall_in(public=[entrance.gateway], private=tiers["private"], database=tiers["database"])
