"""When an answer that does not come is worth a message."""

from __future__ import annotations

import pulumi_aws as aws

from components.alarm import Alarm, Missing, Severity, Window, below
from components.errors import ComponentError
from components.uptime_metrics import REGION, UptimeMetrics

# The check itself waits for several failures in a row, in several places: nothing is won by waiting longer.
_AT_ONCE = Window(1, 1)


def uptime_alarms(prefix: str, metrics: UptimeMetrics) -> list[Alarm]:
    """The product answers nobody."""
    return [
        Alarm(
            f"{prefix}-down",
            Severity.CRITICAL,
            metrics.status(),
            below(1),
            "The product does not answer: asked from several regions, it is down for its users.",
            Missing.BAD,
            _AT_ONCE,
        )
    ]


def check_region(where: str, region: str | None) -> None:
    """Refuses alarms where Route 53 tells nothing, as far as the region is known: they would be bad for ever."""
    found = region or aws.config.region
    if found is not None and found != REGION:
        raise ComponentError(
            where,
            f"a health check of Route 53 is to be watched in {found}",
            expected=f"alarms in {REGION}, where its metrics are",
            fix=f"watch it with Alarms of their own that have `region` {REGION}",
        )
