"""What runs beside a service's own container in each task."""

from collections.abc import Iterator

from components.secrets import Secrets
from components.service_sidecar import Sidecar
from components.service_sidecar_presets import datadog, tracing
from components.tracing import Tracing, TracingArgs
from stacks.settings.root import Settings

SAMPLER = "parentbased_traceidratio"


def sidecars(settings: Settings, secrets: Secrets, name: str) -> tuple[Sidecar, ...]:
    """The collector of traces and Datadog's agent, where they are asked for."""
    return (*_collector(settings), *_agent(settings, secrets, name))


def trace(settings: Settings) -> Tracing | None:
    """What X-Ray samples and shows, where requests are traced; the services decide for the same share themselves."""
    percent = settings.watching.traced_percent
    if percent is None:
        return None
    services = tuple(f"{settings.prefix}-{name}" for name in settings.services)
    args = TracingArgs(
        service_name=services[0] if len(services) == 1 else f"{settings.prefix}-*",
        shown=services,
        share_percent=percent,
        slow_seconds=settings.alarms.latency_p95_warning_seconds,
        untraced_paths=tuple(dict.fromkeys(one.health_path for one in settings.services.values())),
        tags=settings.all_tags,
    )
    return Tracing(f"{settings.prefix}-tracing", args)


def _collector(settings: Settings) -> Iterator[Sidecar]:
    if settings.watching.traced_percent is not None:
        yield tracing(settings.watching.tracing_image)


def _agent(settings: Settings, secrets: Secrets, name: str) -> Iterator[Sidecar]:
    if settings.integrations.datadog:
        yield datadog(
            settings.integrations.datadog_image,
            secrets.ref("datadog"),
            environment=settings.environment,
            service=f"{settings.prefix}-{name}",
            version=settings.services[name].version,
            site=settings.integrations.datadog_site,
        )
