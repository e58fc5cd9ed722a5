"""One alarm, before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from components.metric import Metric


class Severity(StrEnum):
    """CRITICAL: somebody gets up. WARNING: somebody looks today."""

    CRITICAL = "critical"
    WARNING = "warning"


class Comparison(StrEnum):
    """When a value is bad."""

    ABOVE = "GreaterThanThreshold"
    AT_LEAST = "GreaterThanOrEqualToThreshold"
    BELOW = "LessThanThreshold"


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
class Alarm:
    """`name` is the alarm's fixed name; it fires when `datapoints` of the last `periods` minutes are bad."""

    name: str
    severity: Severity
    description: str
    watched: Metric | Rate
    comparison: Comparison
    threshold: float
    missing: Missing
    periods: int = 5
    datapoints: int = 3
    period_seconds: int = 60
