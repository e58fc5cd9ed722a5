from collections.abc import Mapping
from typing import Literal

from stacks.settings.deployment import Deployment
from stacks.settings.field import setting
from stacks.settings.kinds import HostLabel, PathPattern, Port, Slug, Text, VariableName
from stacks.settings.number import Number
from stacks.settings.scaling import Scaling
from stacks.settings.section import Section


class Service(Section):
    """One of the application's programs: containers on Fargate."""

    image: str | None = setting(
        "Image to run; left out: `version` from the registry that the stack makes for this service",
        example="123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:0f1e2d",
        default=None,
    )
    version: str = setting(
        "Tag of the image in the service's own registry", example="1.4.2", pattern=r"^[\w][\w.-]{0,127}$"
    )
    service_name: str | None = setting(
        "Its name in ECS, where scripts know one; null: one is made up. A service that has to be replaced is then away "
        "in between",
        example="backend",
        pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,254}$",
        default=None,
    )
    command: tuple[str, ...] | None = setting(
        "What to run in the image; null: as the image says", example=["gunicorn", "app:main"], default=None
    )
    port: Port = setting("Port the container listens on", example=3000)
    tls: bool = setting(
        "Whether the container itself speaks TLS, with any certificate: the last way, from the load balancer, is then "
        "encrypted too",
        example=True,
        default=False,
    )
    hosts: tuple[HostLabel, ...] = setting(
        "Names that lead here, as labels within the zone; @ is the zone itself. One service has @ unless a site "
        "does: it takes everything that nobody else takes",
        example=["api"],
        default=(),
    )
    paths: tuple[PathPattern, ...] = setting(
        "Paths that lead here, under the default service's names", example=["/auth/*"], default=()
    )
    health_path: str = setting(
        "Path that answers 200 when the task can serve", example="/api/health", pattern=r"^/"
    )
    health_seconds: int = setting(
        "Time between two health checks", example=30, unit="seconds", ge=5, le=300, default=30
    )
    cpu: int = setting("CPU of one task; 1024 is one vCPU", example=512, unit="CPU units", ge=256, le=16384)
    memory: int = setting("Memory of one task", example=1024, unit="MiB", ge=512, le=122_880)
    cpu_architecture: Literal["X86_64", "ARM64"] = setting(
        "What the image was built for", example="ARM64", default="X86_64"
    )
    desired_count: int = setting(
        "Tasks that a new service starts with; 0 until there is an image to run",
        example=3,
        unit="tasks",
        ge=0,
    )
    scaling: Scaling | None = setting(
        "How the number of tasks follows the load; null: it stays at desired_count",
        example={"min": 3, "max": 12},
        default=None,
    )
    deployment: Deployment = setting(
        "How it comes to its next version", example={"strategy": "canary"}, default_factory=Deployment
    )
    spot_share_percent: int = setting(
        "Share of tasks on Fargate Spot, which AWS may take back at two minutes' notice",
        example=0,
        unit="percent",
        ge=0,
        le=100,
    )
    uses: tuple[Literal["database", "cache", "uploads", "mail"], ...] = setting(
        "What it may reach of what the stack has, with address and credentials in its environment",
        example=["database", "cache"],
        default=("database", "cache", "uploads", "mail"),
    )
    calls: tuple[Slug, ...] = setting(
        "Other services that it may connect to, as http://<service>:<port>, or https if they speak TLS; becomes "
        "SERVICE_URL_<SERVICE>",
        example=["auth"],
        default=(),
    )
    call_port: Port | None = setting(
        "Port on which a proxy in each task takes the calls of other services, so that `port` is the load balancer's "
        "alone; null: `port` takes both",
        example=8001,
        default=None,
    )
    egress_ports: tuple[Port, ...] = setting(
        "TCP ports on which it may connect to the internet; integrations add theirs (443, and 587 for SMTP)",
        example=[443, 587],
        default=(443,),
    )
    connection_pool_size: int = setting(
        "Database connections that one task keeps open at most", example=10, unit="connections", ge=1
    )
    environment: Mapping[str, Text] = setting(
        "Further environment variables of the container; secret values belong into `secrets`",
        example={"WORKERS": "4"},
        default={},
    )
    renamed: Mapping[VariableName, VariableName] = setting(
        "Further names for variables that the stack gives (docs/variables.md), new name to its name",
        example={"PROD_DB_HOST": "DATABASE_HOST"},
        default={},
    )
    secrets: tuple[Slug, ...] | None = setting(
        "Slots that it reads, of secrets.slots and of those that the stack adds (docs/variables.md); null: all",
        example=["session", "jwt"],
        default=None,
    )
    numbers: Mapping[Slug, Number] = setting(
        "What its log tells of the product: users, sales, whatever counts; each becomes a metric and a graph",
        example={"active-users": {"field": "active_users", "title": "Active users", "statistic": "Maximum"}},
        default={},
    )
    allow_exec: bool = setting(
        "Whether who may call ecs:ExecuteCommand gets a shell in its tasks", example=False, default=False
    )

    @property
    def public(self) -> bool:
        """Whether the load balancer leads to it."""
        return bool(self.hosts or self.paths)
