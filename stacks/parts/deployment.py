"""How a service comes to its next version, and how the number of its tasks follows the load."""

from components.service import (
    BlueGreen,
    Canary,
    Forecast,
    Guard,
    Held,
    Linear,
    Rolling,
    Scaling,
    Step,
    Window,
)
from components.service_deployment import Deployment
from stacks.parts.numbers import metric_namespace, number_metric
from stacks.settings import deployment as settings_of_deployment
from stacks.settings import scaling as settings_of_scaling
from stacks.settings.root import Settings
from stacks.settings.service import Service


def deployment_of(service: Service) -> Deployment:
    """The strategy; only a load balancer sees the answers that a guard judges by."""
    asked = service.deployment
    guard = _guard(asked) if service.public else None
    match asked.strategy:
        case "rolling":
            return Rolling(pair=asked.pair, guard=guard if asked.pair else None)
        case "blue_green":
            return BlueGreen(bake_minutes=asked.bake_minutes, guard=guard)
        case "canary":
            return Canary(
                percent=asked.percent,
                canary_minutes=asked.step_minutes,
                bake_minutes=asked.bake_minutes,
                guard=guard,
            )
        case "linear":
            return Linear(
                percent=asked.percent,
                step_minutes=asked.step_minutes,
                bake_minutes=asked.bake_minutes,
                guard=guard,
            )


def scaling_of(settings: Settings, name: str) -> Scaling | None:
    """How the number of a service's tasks follows the load."""
    asked = settings.services[name].scaling
    if asked is None:
        return None
    return Scaling(
        min=asked.min,
        max=asked.max,
        cpu_percent=asked.cpu_percent,
        memory_percent=asked.memory_percent,
        requests_per_target=asked.requests_per_target,
        held=_held(settings, name, asked),
        steps=tuple(Step(above=above, add=add) for above, add in sorted(asked.steps.items())),
        windows=_windows(asked),
        forecast=_forecast(asked),
    )


def _guard(asked: settings_of_deployment.Deployment) -> Guard:
    return Guard(error_percent=asked.error_percent, latency_p95_seconds=asked.latency_p95_seconds)


def _held(settings: Settings, name: str, asked: settings_of_scaling.Scaling) -> tuple[Held, ...]:
    """Every task logs the number, so that its average is one task's."""
    namespace = metric_namespace(settings)
    return tuple(
        Held(name=key, namespace=namespace, metric=number_metric(settings, name, key), value=value)
        for key, value in asked.numbers.items()
    )


def _windows(asked: settings_of_scaling.Scaling) -> tuple[Window, ...]:
    return tuple(
        Window(name=name, schedule=one.schedule, min=one.min, max=one.max, timezone=one.timezone)
        for name, one in asked.windows.items()
    )


def _forecast(asked: settings_of_scaling.Scaling) -> Forecast | None:
    if asked.forecast is None:
        return None
    return Forecast(cpu_percent=asked.forecast.cpu_percent, act=asked.forecast.act)
