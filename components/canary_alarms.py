"""When a canary is worth a message."""

from __future__ import annotations

from components.alarm import Alarm, Missing, Severity, Window, below
from components.canary_metrics import CanaryMetrics


def canary_alarms(prefix: str, metrics: CanaryMetrics) -> list[Alarm]:
    """Two of three runs failed, or were not: one failed run may be the network's."""
    return [
        Alarm(
            f"{prefix}-fails",
            Severity.CRITICAL,
            metrics.success(),
            below(100),
            "Users cannot reach the product: two of three looks from outside failed.",
            Missing.BAD,
            Window(2, 3, metrics.minutes * 60),
        )
    ]
