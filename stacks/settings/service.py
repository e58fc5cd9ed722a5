from collections.abc import Mapping

from stacks.settings.field import setting
from stacks.settings.kinds import Text
from stacks.settings.scaling import Scaling
from stacks.settings.section import Section


class Service(Section):
    """The application's containers on Fargate."""

    image: str | None = setting(
        "Image to run; left out: `version` from the registry that the stack makes",
        example="123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:0f1e2d",
        default=None,
    )
    version: str = setting(
        "Tag of the image in the stack's own registry", example="1.4.2", pattern=r"^[\w][\w.-]{0,127}$"
    )
    port: int = setting("Port the container listens on", example=3000, ge=1, le=65535)
    health_path: str = setting(
        "Path that answers 200 when the task can serve", example="/api/health", pattern=r"^/"
    )
    health_seconds: int = setting(
        "Time between two health checks", example=30, unit="seconds", ge=5, le=300, default=30
    )
    cpu: int = setting("CPU of one task; 1024 is one vCPU", example=512, unit="CPU units", ge=256, le=16384)
    memory: int = setting("Memory of one task", example=1024, unit="MiB", ge=512, le=122_880)
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
    spot_share_percent: int = setting(
        "Share of tasks on Fargate Spot, which AWS may take back at two minutes' notice",
        example=0,
        unit="percent",
        ge=0,
        le=100,
    )
    connection_pool_size: int = setting(
        "Database connections that one task keeps open at most", example=10, unit="connections", ge=1
    )
    environment: Mapping[str, Text] = setting(
        "Further environment variables of the container; secret values belong into `secrets`",
        example={"LOG_LEVEL": "info"},
        default={},
    )
    container_insights: bool = setting("CloudWatch metrics per task, charged by metric", example=True)
