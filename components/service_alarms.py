"""When a service's tasks are worth a message."""

from __future__ import annotations

from components.alarm import LASTING, WITHOUT_BREAK, Alarm, Missing, Severity, above, below
from components.service_metrics import ServiceMetrics
from components.thresholds import Thresholds


def service_alarms(
    prefix: str, metrics: ServiceMetrics, limits: Thresholds, *, container_insights: bool
) -> list[Alarm]:
    """CPU and memory; and no running task, which only Container Insights can tell."""
    # A service without tasks has no utilisation; that is another alarm's matter.
    busy = [
        Alarm(
            f"{prefix}-{what}",
            Severity.WARNING,
            metric,
            above(percent),
            f"The tasks use more than {percent:g} % of their {what}.",
            window=LASTING,
        )
        for what, metric, percent in (
            ("cpu", metrics.cpu(), limits.cpu_percent),
            ("memory", metrics.memory(), limits.memory_percent),
        )
    ]
    return [*busy, _nothing_runs(prefix, metrics)] if container_insights else busy


def _nothing_runs(prefix: str, metrics: ServiceMetrics) -> Alarm:
    return Alarm(
        f"{prefix}-no-task",
        Severity.CRITICAL,
        metrics.running_tasks(),
        below(1),
        "No task runs.",
        Missing.BAD,
        WITHOUT_BREAK,
    )
