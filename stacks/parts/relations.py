"""Who may talk to whom: the whole firewall of an environment, and every right to data."""

from components.relations import Peer
from components.service import Service
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground


def connect(ground: Ground, entrance: Entrance, data: Data, application: Application) -> None:
    """Edge → gateway (the gateway's own ingress) → service → database, cache and uploads; nothing else."""
    service = application.service
    service.allow_from(entrance.gateway)
    data.database.allow_from(service)
    data.cache.allow_from(service)
    ground.uploads.grant_read_write(service.task_role_name)
    _wall_in(ground, entrance, data, service)


def _wall_in(ground: Ground, entrance: Entrance, data: Data, service: Service) -> None:
    """The network ACLs, from the relations above: so it comes last, and names everybody who has one."""
    tiers: dict[str, list[Peer]] = {"private": [service], "database": [data.database]}
    tiers[data.cache_tier].append(data.cache)
    ground.network.wall_in(public=[entrance.gateway], private=tiers["private"], database=tiers["database"])
