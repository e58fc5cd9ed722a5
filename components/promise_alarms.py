"""When what was promised to users is not kept, long before it is an incident."""

from __future__ import annotations

from components.alarm import Alarm, Missing, Severity, Window, above
from components.gateway_alarms import error_rate, latency
from components.gateway_metrics import GatewayMetrics
from components.logged import Timed
from components.metric import Metric

QUARTER_OF_AN_HOUR = Window(3, 3, 300)
"""A promise is about what users live with, not about a bad minute."""
WHOLE_HOUR = Window(1, 1, 3600)
"""A small share of failures shows in many requests only."""


def latency_promise(prefix: str, metrics: GatewayMetrics, seconds: float, statistic: str) -> Alarm:
    """Slower than promised; `statistic` is `Average` or a percentile such as `p95`."""
    return Alarm(
        f"{prefix}-slo-latency-{statistic.lower()}",
        Severity.WARNING,
        latency(metrics, statistic),
        above(seconds),
        f"The {statistic} response time is longer than the promised {seconds:g} s.",
        Missing.FINE,
        QUARTER_OF_AN_HOUR,
    )


def error_promise(prefix: str, metrics: GatewayMetrics, percent: float) -> Alarm:
    """More failures within an hour than promised."""
    return Alarm(
        f"{prefix}-slo-error-rate",
        Severity.WARNING,
        error_rate(metrics),
        above(percent),
        f"More than the promised {percent:g} % of an hour's requests are answered with 5xx.",
        Missing.FINE,
        WHOLE_HOUR,
    )


def query_promise(timed: Timed, milliseconds: float) -> Alarm:
    """Slower queries than promised, as the application logs them."""
    return Alarm(
        f"{timed.name}-slo-p95",
        Severity.WARNING,
        timed.metric("p95"),
        above(milliseconds),
        f"One {timed.what} in twenty takes longer than the promised {milliseconds:g} ms.",
        Missing.FINE,
        QUARTER_OF_AN_HOUR,
    )


def number_promise(number: Metric, most: float) -> Alarm:
    """A number of the product, as the application logs it, above what was promised."""
    return Alarm(
        f"{number.name}-slo",
        Severity.WARNING,
        number,
        above(most),
        f"{number.label}: the {number.statistic} is above the promised {most:g}.",
        Missing.FINE,
        QUARTER_OF_AN_HOUR,
    )
