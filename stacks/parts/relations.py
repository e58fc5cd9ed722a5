"""Who may talk to whom: the whole firewall of an environment, and every right to data."""

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
