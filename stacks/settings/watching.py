from stacks.settings.field import setting
from stacks.settings.section import Section


class Canary(Section):
    """A browser of AWS that asks the product for a page, from outside, every few minutes."""

    path: str = setting("Path that it asks for", example="/api/health", pattern=r"^/", default="/api/health")
    every_minutes: int = setting("How often", example=5, unit="minutes", ge=1, le=60, default=5)


class Watching(Section):
    """How the environment is looked at, besides its own figures."""

    uptime_check: bool = setting(
        "Whether Route 53 asks the product from several regions, every 30 seconds",
        example=True,
        default=False,
    )
    canary: Canary | None = setting(
        "A synthetic user; null: none", example={"every_minutes": 5}, default=None
    )
    traced_percent: float | None = setting(
        "Share of requests that are traced through all services (X-Ray, by a collector beside each task); "
        "null: no tracing",
        example=5,
        unit="percent",
        ge=0,
        le=100,
        default=None,
    )
    tracing_image: str = setting(
        "Image of the collector (AWS Distro for OpenTelemetry), better by digest",
        example="public.ecr.aws/aws-observability/aws-otel-collector@sha256:0f1e2d",
        default="public.ecr.aws/aws-observability/aws-otel-collector:v0.48.0",
    )
