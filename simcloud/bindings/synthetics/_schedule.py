"""When a canary runs."""

from __future__ import annotations

import re

from simcloud import schedule_expression

_RATE = re.compile(r"rate\((\d+) +(minutes?|hours?)\)")


def minutes(expression: str) -> int | None:
    """The minutes between two runs; 0 for a single run, None if it is no rate."""
    found = _RATE.fullmatch(expression)
    return None if not found else int(found[1]) * (60 if found[2].startswith("hour") else 1)


def problem(expression: str) -> str:
    """What is wrong with it; "" if nothing is.

    AWS: CanaryScheduleInput, Synthetics API reference (botocore 1.44.5), read 2026-11: from once a minute to once an
    hour, and rate(0 minute) for a single run.
    """
    between = minutes(expression)
    if between is not None:
        return "" if between <= 60 else f"{expression!r} is not between rate(1 minute) and rate(1 hour)."
    fault = schedule_expression.problem(expression, ("cron", "rate"))
    if not fault and expression.startswith("rate("):
        return f"{expression!r}: the unit of a rate is minute, minutes or hour."
    return fault
