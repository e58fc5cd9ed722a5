"""The settings of one stack."""

from collections.abc import Mapping
from typing import Literal

from stacks.settings.alarms import Alarms
from stacks.settings.cache import Cache
from stacks.settings.database import Database
from stacks.settings.domain import Domain
from stacks.settings.edge import Edge
from stacks.settings.field import setting
from stacks.settings.gateway import Gateway
from stacks.settings.kinds import Slug, Text
from stacks.settings.logs import Logs
from stacks.settings.network import Network
from stacks.settings.protection import Protection
from stacks.settings.secrets import Secrets
from stacks.settings.section import Section
from stacks.settings.service import Service
from stacks.settings.storage import Storage

ENVIRONMENT_SHORT = {"dev": "dev", "staging": "stg", "production": "prod"}


class Settings(Section):
    """Everything that `assemble` needs to know."""

    system: Slug = setting("Which product this is", example="learning-assistant")
    environment: Literal["dev", "staging", "production"] = setting("Which environment this is", example="dev")
    short_name: str = setting(
        "The product in short; names of load balancers have room for no more",
        example="la",
        pattern=r"^[a-z][a-z0-9]*$",
        max_length=8,
    )
    region: str = setting(
        "AWS region; taken from aws:region", example="us-east-1", pattern=r"^[a-z]{2}(-[a-z]+)+-\d$"
    )
    owner: str = setting(
        "Team that answers for it; becomes a tag", example="platform", min_length=1, max_length=64
    )
    tags: Mapping[str, Text] = setting(
        "Further tags on every resource", example={"CostCentre": "1234"}, default={}
    )
    network: Network
    domain: Domain
    gateway: Gateway
    edge: Edge
    service: Service
    database: Database
    cache: Cache
    storage: Storage
    secrets: Secrets
    alarms: Alarms
    logs: Logs
    protection: Protection

    @property
    def prefix(self) -> str:
        """What every resource name starts with, e.g. `la-prod`."""
        return f"{self.short_name}-{ENVIRONMENT_SHORT[self.environment]}"

    @property
    def all_tags(self) -> dict[str, str]:
        """The tags of every resource; the four of ours win over those of the user."""
        ours = {"System": self.system, "Environment": self.environment, "Owner": self.owner}
        return {**self.tags, **ours, "ManagedBy": "plinth"}
