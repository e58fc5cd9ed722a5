"""When a load balancer's answers are worth a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from components.alarm import (
    WITHOUT_BREAK,
    Alarm,
    Band,
    Comparison,
    Limit,
    Missing,
    Rate,
    Severity,
    Window,
    above,
    at_least,
    below,
)
from components.gateway_metrics import GatewayMetrics
from components.metric import Metric
from components.thresholds import Thresholds

# RequestCount lacks the requests for which no target could be chosen; those are the balancer's own errors.
_ERRORS = "(FILL(target_errors, 0) + FILL(own_errors, 0))"
_ALL = "(FILL(requests, 0) + FILL(own_errors, 0))"
_ERROR_RATE = f"100 * {_ERRORS} / {_ALL}"
_ERROR_LABEL = "5xx answers in percent of the requests"

_DEPLOYMENT = Window(10, 10)
"""Longer than a rolling deployment needs to bring a task up."""
_QUARTER_OF_AN_HOUR = Window(3, 3, 300)
"""A learnt band is about habits, not about minutes."""


def gateway_alarms(prefix: str, metrics: GatewayMetrics, limits: Thresholds) -> list[Alarm]:
    """Error rate and p95 latency at two severities, and targets that fail their health check."""
    answers = [*_error_rates(prefix, metrics, limits), *_latencies(prefix, metrics, limits)]
    return [*answers, *_targets(prefix, metrics)] if metrics.groups() else answers


def _targets(prefix: str, metrics: GatewayMetrics) -> list[Alarm]:
    return [
        Alarm(
            f"{prefix}-no-healthy-target",
            Severity.CRITICAL,
            _in_either_group(metrics, GatewayMetrics.healthy_targets),
            below(1),
            "No target passes the health check: every request fails.",
            # A group without targets reports nothing at all.
            Missing.BAD,
            WITHOUT_BREAK,
        ),
        Alarm(
            f"{prefix}-unhealthy-targets",
            Severity.WARNING,
            _in_either_group(metrics, GatewayMetrics.unhealthy_targets),
            at_least(1),
            "A target keeps failing the health check.",
            Missing.FINE,
            _DEPLOYMENT,
        ),
    ]


def habit_alarms(prefix: str, metrics: GatewayMetrics, width: float) -> list[Alarm]:
    """Requests and latency that are not what this hour of the week usually brings."""
    table = (
        ("requests", metrics.requests(), Comparison.OUTSIDE_BAND, "Far more or fewer requests than usual."),
        ("latency", metrics.latency("p95"), Comparison.ABOVE_BAND, "Answers take longer than usual."),
    )
    return [
        Alarm(
            f"{prefix}-unusual-{what}",
            Severity.WARNING,
            Band(metric=metric, width=width),
            Limit(comparison),
            description,
            window=_QUARTER_OF_AN_HOUR,
        )
        for what, metric, comparison, description in table
    ]


def error_rate(metrics: GatewayMetrics) -> Rate:
    """Percent of all requests, those included that no target ever saw; of the group's own if it shares a balancer."""
    if metrics.shared:
        return _error_rate_of_groups(metrics.groups())
    return Rate(
        expression=_ERROR_RATE,
        label=_ERROR_LABEL,
        metrics={
            "requests": metrics.requests(),
            "target_errors": metrics.target_errors(),
            "own_errors": metrics.own_errors(),
        },
    )


def latency(metrics: GatewayMetrics, statistic: str) -> Metric | Rate:
    """Seconds; of a pair that shares its balancer, the slower group's."""
    if metrics.shared:
        return _in_either_group(metrics, lambda group: group.latency(statistic))
    return metrics.latency(statistic)


def _error_rate_of_groups(groups: Sequence[GatewayMetrics]) -> Rate:
    numbered = list(enumerate(groups, start=1))
    errors = {f"errors_{number}": group.target_errors() for number, group in numbered}
    requests = {f"requests_{number}": group.requests() for number, group in numbered}
    return Rate(
        expression=f"100 * ({_filled(errors)}) / ({_filled(requests)})",
        label=_ERROR_LABEL,
        metrics={**requests, **errors},
    )


def _filled(names: Iterable[str]) -> str:
    return " + ".join(f"FILL({name}, 0)" for name in names)


def _in_either_group(metrics: GatewayMetrics, told: Callable[[GatewayMetrics], Metric]) -> Metric | Rate:
    """The larger number: of a pair, the group without tasks has nothing to say."""
    groups = [told(group) for group in metrics.groups()]
    if len(groups) == 1:
        return groups[0]
    parts = {f"group_{number}": metric for number, metric in enumerate(groups, start=1)}
    filled = ", ".join(f"FILL({name}, 0)" for name in parts)
    return Rate(expression=f"MAX([{filled}])", label=groups[0].label, metrics=parts)


def _error_rates(prefix: str, metrics: GatewayMetrics, limits: Thresholds) -> list[Alarm]:
    return [
        Alarm(
            f"{prefix}-error-rate-{severity}",
            severity,
            error_rate(metrics),
            above(percent),
            f"More than {percent:g} % of the requests are answered with 5xx.",
            Missing.FINE,
        )
        for severity, percent in (
            (Severity.CRITICAL, limits.error_rate_critical_percent),
            (Severity.WARNING, limits.error_rate_warning_percent),
        )
    ]


def _latencies(prefix: str, metrics: GatewayMetrics, limits: Thresholds) -> list[Alarm]:
    return [
        Alarm(
            f"{prefix}-latency-p95-{severity}",
            severity,
            latency(metrics, "p95"),
            above(seconds),
            f"One request in twenty takes longer than {seconds:g} s.",
            Missing.FINE,
        )
        for severity, seconds in (
            (Severity.CRITICAL, limits.latency_p95_critical_seconds),
            (Severity.WARNING, limits.latency_p95_warning_seconds),
        )
    ]
