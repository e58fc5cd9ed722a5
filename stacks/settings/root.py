"""The settings of one stack."""

from collections.abc import Mapping
from typing import Literal

from stacks.settings.alarms import Alarms
from stacks.settings.application import Application
from stacks.settings.audit import Audit
from stacks.settings.backup import Backup
from stacks.settings.budget import Budget
from stacks.settings.cache import Cache
from stacks.settings.ci import Ci
from stacks.settings.compliance import Compliance
from stacks.settings.database import Database
from stacks.settings.domain import Domain
from stacks.settings.edge import Edge
from stacks.settings.field import setting
from stacks.settings.gateway import Gateway
from stacks.settings.hosting import Hosting
from stacks.settings.integrations import Integrations
from stacks.settings.kinds import Region, Slug, Text
from stacks.settings.logs import Logs
from stacks.settings.network import Network
from stacks.settings.protection import Protection
from stacks.settings.recovery import Recovery
from stacks.settings.regions import Regions
from stacks.settings.secrets import Secrets
from stacks.settings.section import Section
from stacks.settings.service import Service
from stacks.settings.site import Site
from stacks.settings.slo import Objectives
from stacks.settings.storage import Storage
from stacks.settings.watching import Watching

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
    region: Region = setting("AWS region; taken from aws:region", example="us-east-1")
    standby: bool = setting(
        "Whether this is the stack of the second region; taken from the stack's name",
        example=False,
        default=False,
    )
    owner: str = setting(
        "Team that answers for it; becomes a tag", example="platform", min_length=1, max_length=64
    )
    tags: Mapping[str, Text] = setting(
        "Further tags on every resource", example={"CostCentre": "1234"}, default={}
    )
    hosting: Hosting = setting("Where it all runs", example={}, default_factory=Hosting)
    network: Network
    domain: Domain
    edge: Edge
    site: Site | None = setting(
        "A static frontend; null: the services answer for everything", example={"hosts": ["@"]}, default=None
    )
    gateway: Gateway
    cluster_name: str | None = setting(
        "Name of the ECS cluster, where scripts know one; null: one is made up",
        example="muejam-production",
        pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,254}$",
        default=None,
    )
    services: Mapping[Slug, Service] = setting(
        "The application's programs, by name", example={"web": {"port": 3000, "hosts": ["@"]}}, min_length=1
    )
    application: Application
    database: Database | None = setting("The relational database; null: none", example={"engine": "postgres"})
    cache: Cache | None = setting("The in-memory store; null: none", example={"engine": "redis"})
    storage: Storage
    secrets: Secrets
    integrations: Integrations = setting(
        "Other companies' services", example={"sentry": True}, default_factory=Integrations
    )
    slo: Objectives = setting(
        "What users are promised", example={"availability_percent": 99.9}, default_factory=Objectives
    )
    alarms: Alarms
    watching: Watching = setting(
        "How the environment is looked at", example={"uptime_check": True}, default_factory=Watching
    )
    logs: Logs
    backup: Backup
    regions: Regions = setting("The second region", example={"second": "us-west-2"}, default_factory=Regions)
    recovery: Recovery = setting(
        "What is promised for bad days", example={"database_rto_minutes": 15}, default_factory=Recovery
    )
    protection: Protection
    audit: Audit
    compliance: Compliance = setting(
        "What it has to answer for", example={"standards": ["gdpr"]}, default_factory=Compliance
    )
    budget: Budget = setting("What it may cost", example={"monthly_usd": 525}, default_factory=Budget)
    ci: Ci

    @property
    def prefix(self) -> str:
        """What every resource name starts with, e.g. `la-prod`, and `la-prod2` in the second region."""
        second = "2" if self.standby else ""
        return f"{self.short_name}-{ENVIRONMENT_SHORT[self.environment]}{second}"

    @property
    def whole(self) -> str:
        """Product and environment in one, the same in both regions."""
        return f"{self.system}-{self.environment}"

    @property
    def default_service(self) -> str | None:
        """The service that takes what nobody else takes: the one with the name @."""
        return next((name for name, service in self.services.items() if "@" in service.hosts), None)

    @property
    def all_tags(self) -> dict[str, str]:
        """The tags of every resource; the five of ours win over those of the user.

        `Stack` is there for costs: what watches for unusual ones knows a single tag.
        """
        ours = {
            "System": self.system,
            "Environment": self.environment,
            "Owner": self.owner,
            "Stack": self.whole,
        }
        asked = {"Compliance": " ".join(self.compliance.standards)} if self.compliance.standards else {}
        return {**self.tags, **asked, **ours, "ManagedBy": "plinth"}
