"""When a service's tasks are worth a message."""

from __future__ import annotations

from components.alarm import Alarm, Comparison, Missing, Severity
from components.metric import Metric
from components.service_metrics import ServiceMetrics
from components.thresholds import Thresholds


def service_alarms(
    prefix: str, metrics: ServiceMetrics, limits: Thresholds, *, container_insights: bool
) -> list[Alarm]:
    """CPU and memory; and no running task, which only Container Insights can tell."""
    alarms = [
        _busy(prefix, "cpu", metrics.cpu(), limits.cpu_percent),
        _busy(prefix, "memory", metrics.memory(), limits.memory_percent),
    ]
    return [*alarms, _nothing_runs(prefix, metrics)] if container_insights else alarms


def _busy(prefix: str, what: str, metric: Metric, percent: float) -> Alarm:
    return Alarm(
        name=f"{prefix}-{what}",
        severity=Severity.WARNING,
        description=f"The tasks use more than {percent:g} % of their {what}.",
        watched=metric,
        comparison=Comparison.ABOVE,
        threshold=percent,
        # A service without tasks has no utilisation; that is another alarm's matter.
        missing=Missing.UNKNOWN,
        periods=10,
        datapoints=8,
    )


def _nothing_runs(prefix: str, metrics: ServiceMetrics) -> Alarm:
    return Alarm(
        name=f"{prefix}-no-task",
        severity=Severity.CRITICAL,
        description="No task runs.",
        watched=metrics.running_tasks(),
        comparison=Comparison.BELOW,
        threshold=1,
        missing=Missing.BAD,
        periods=3,
        datapoints=3,
    )
