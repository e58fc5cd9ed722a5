"""When what is written into a log is worth a message."""

from __future__ import annotations

from components.alarm import Alarm, Missing, Severity, above
from components.logged import Logged


def log_alarms(logged: Logged, more_than: float, severity: Severity) -> list[Alarm]:
    """More matching lines than `more_than` a minute."""
    return [
        Alarm(
            f"{logged.name}-logged",
            severity,
            logged.metric,
            above(more_than),
            f"More than {more_than:g} {logged.what} a minute.",
            Missing.FINE,
        )
    ]
