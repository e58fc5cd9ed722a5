"""One alarm, before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from components.metric import Metric


class Severity(StrEnum):
    """CRITICAL: somebody gets up. WARNING: somebody looks today. ESCALATED: nobody got up."""

    CRITICAL = "critical"
    WARNING = "warning"
    ESCALATED = "escalated"


class Comparison(StrEnum):
    """When a value is bad; the last three compare with a band instead of a number."""

    ABOVE = "GreaterThanThreshold"
    AT_LEAST = "GreaterThanOrEqualToThreshold"
    BELOW = "LessThanThreshold"
    ABOVE_BAND = "GreaterThanUpperThreshold"
    BELOW_BAND = "LessThanLowerThreshold"
    OUTSIDE_BAND = "LessThanLowerOrGreaterThanUpperThreshold"


class Missing(StrEnum):
    """What silence means: nothing happened, or nothing is there any more."""

    FINE = "notBreaching"
    BAD = "breaching"
    UNKNOWN = "missing"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A value computed from metrics; `expression` uses the keys of `metrics`."""

    expression: str
    label: str
    metrics: Mapping[str, Metric]


@dataclass(frozen=True, kw_only=True)
class Band:
    """What CloudWatch has learnt of a metric: `width` standard deviations around what is usual at this hour."""

    metric: Metric
    width: float


@dataclass(frozen=True)
class Limit:
    """From where on a value is bad; a band brings its own numbers."""

    comparison: Comparison
    value: float | None = None


@dataclass(frozen=True)
class Window:
    """An alarm fires when `bad` of the last `periods` are bad; a period has `seconds`."""

    bad: int
    periods: int
    seconds: int = 60


SOON = Window(3, 5)
"""A few bad minutes."""
WITHOUT_BREAK = Window(3, 3)
"""Not one good minute."""
LASTING = Window(8, 10)
"""Longer than a peak of work."""


@dataclass(frozen=True)
class Alarm:
    """`name` is the alarm's fixed name."""

    name: str
    severity: Severity
    watched: Metric | Rate | Band
    limit: Limit
    description: str
    missing: Missing = Missing.UNKNOWN
    window: Window = SOON


def above(value: float) -> Limit:
    """Bad is more than `value`."""
    return Limit(Comparison.ABOVE, value)


def at_least(value: float) -> Limit:
    """Bad is `value` and more."""
    return Limit(Comparison.AT_LEAST, value)


def below(value: float) -> Limit:
    """Bad is less than `value`."""
    return Limit(Comparison.BELOW, value)
