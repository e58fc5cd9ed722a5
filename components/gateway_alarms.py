"""When a load balancer's answers are worth a message."""

from __future__ import annotations

from components.alarm import Alarm, Comparison, Missing, Rate, Severity
from components.gateway_metrics import GatewayMetrics
from components.thresholds import Thresholds

# RequestCount lacks the requests for which no target could be chosen; those are the balancer's own errors.
_ERRORS = "(FILL(target_errors, 0) + FILL(own_errors, 0))"
_ALL = "(FILL(requests, 0) + FILL(own_errors, 0))"
_ERROR_RATE = f"100 * {_ERRORS} / {_ALL}"


def gateway_alarms(prefix: str, metrics: GatewayMetrics, limits: Thresholds) -> list[Alarm]:
    """Error rate and p95 latency at two severities, and targets that fail their health check."""
    return [
        _error_rate(prefix, metrics, Severity.CRITICAL, limits.error_rate_critical_percent),
        _error_rate(prefix, metrics, Severity.WARNING, limits.error_rate_warning_percent),
        _latency(prefix, metrics, Severity.CRITICAL, limits.latency_p95_critical_seconds),
        _latency(prefix, metrics, Severity.WARNING, limits.latency_p95_warning_seconds),
        _nothing_healthy(prefix, metrics),
        _something_unhealthy(prefix, metrics),
    ]


def _error_rate(prefix: str, metrics: GatewayMetrics, severity: Severity, percent: float) -> Alarm:
    rate = Rate(
        expression=_ERROR_RATE,
        label="5xx answers in percent of the requests",
        metrics={
            "requests": metrics.requests(),
            "target_errors": metrics.target_errors(),
            "own_errors": metrics.own_errors(),
        },
    )
    return Alarm(
        name=f"{prefix}-error-rate-{severity}",
        severity=severity,
        description=f"More than {percent:g} % of the requests are answered with 5xx.",
        watched=rate,
        comparison=Comparison.ABOVE,
        threshold=percent,
        missing=Missing.FINE,
    )


def _latency(prefix: str, metrics: GatewayMetrics, severity: Severity, seconds: float) -> Alarm:
    return Alarm(
        name=f"{prefix}-latency-p95-{severity}",
        severity=severity,
        description=f"One request in twenty takes longer than {seconds:g} s.",
        watched=metrics.latency("p95"),
        comparison=Comparison.ABOVE,
        threshold=seconds,
        missing=Missing.FINE,
    )


def _nothing_healthy(prefix: str, metrics: GatewayMetrics) -> Alarm:
    return Alarm(
        name=f"{prefix}-no-healthy-target",
        severity=Severity.CRITICAL,
        description="No target passes the health check: every request fails.",
        watched=metrics.healthy_targets(),
        comparison=Comparison.BELOW,
        threshold=1,
        # A group without targets reports nothing at all.
        missing=Missing.BAD,
        periods=3,
        datapoints=3,
    )


def _something_unhealthy(prefix: str, metrics: GatewayMetrics) -> Alarm:
    return Alarm(
        name=f"{prefix}-unhealthy-targets",
        severity=Severity.WARNING,
        description="A target keeps failing the health check.",
        watched=metrics.unhealthy_targets(),
        comparison=Comparison.AT_LEAST,
        threshold=1,
        missing=Missing.FINE,
        # Longer than a rolling deployment needs to bring a task up.
        periods=10,
        datapoints=10,
    )
