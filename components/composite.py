"""An alarm about other alarms, before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.alarm import Severity
from components.errors import ComponentError

# AWS: API reference of CloudWatch PutCompositeAlarm, AlarmRule (documentation text in botocore 1.44.5), read 2026-11.
_MOST_PARTS = 100


@dataclass(frozen=True, kw_only=True)
class Composite:
    """`rule` is in CloudWatch's notation and names alarms that exist before it."""

    name: str
    severity: Severity
    rule: str
    description: str


def any_of(alarm_names: Sequence[str]) -> str:
    """True while one of them fires."""
    return " OR ".join(_fires(name) for name in alarm_names)


def all_of(alarm_names: Sequence[str]) -> str:
    """True while all of them fire."""
    return " AND ".join(_fires(name) for name in alarm_names)


def check_parts(where: str, alarm_names: Sequence[str]) -> None:
    """Refuses more alarms than one rule may name."""
    if len(alarm_names) > _MOST_PARTS:
        raise ComponentError(
            where,
            f"{len(alarm_names)} alarms are too many for one incident",
            expected=f"at most {_MOST_PARTS}",
            fix="watch some of the components outside of it, or in an incident of their own",
        )


def _fires(name: str) -> str:
    return f'ALARM("{name}")'
