"""What about the alarms cannot be."""

from collections.abc import Iterator

from stacks.settings.problem import Problem
from stacks.settings.root import Settings

PAIRS = (
    ("error_rate_warning_percent", "error_rate_critical_percent"),
    ("latency_p95_warning_seconds", "latency_p95_critical_seconds"),
)


def alarms(settings: Settings) -> Iterator[Problem]:
    """Warnings that would come after the critical alarm."""
    for warning, critical in PAIRS:
        low, high = getattr(settings.alarms, warning), getattr(settings.alarms, critical)
        if low >= high:
            yield Problem(
                path=f"alarms.{warning}",
                problem=f"a warning at {low:g} would not come before the critical alarm at {high:g}",
                expected=f"less than alarms.{critical}",
                fix=f"set alarms.{warning} below {high:g}",
                involves=(f"alarms.{warning}", f"alarms.{critical}"),
            )
