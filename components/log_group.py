"""A log group for what no component owns."""

from __future__ import annotations

from dataclasses import dataclass

from components.errors import ComponentError

AUDIT_DAYS = 90
"""How long it must be possible to say who did what."""

# AWS: API reference of CloudWatch Logs PutRetentionPolicy, retentionInDays (botocore 1.44.5), read 2026-11.
_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LogGroupArgs:
    """`keep` leaves the group and its lines in AWS when it leaves the program."""

    name: str
    retention_days: int
    keep: bool = False


def audit_log(name: str, retention_days: int = AUDIT_DAYS) -> LogGroupArgs:
    """A group whose lines nobody can remove by removing it from the program."""
    return LogGroupArgs(name=name, retention_days=retention_days, keep=True)


def check_log_group(where: str, group: LogGroupArgs) -> None:
    """Refuses a retention that CloudWatch Logs does not have."""
    check_retention(where, f"log group {group.name}", group.retention_days)


def check_retention(where: str, what: str, days: int) -> None:
    """Refuses a number of days for which CloudWatch Logs keeps no lines; `what` names the group or the argument."""
    if days in _DAYS:
        return
    nearest = min((known for known in _DAYS if known >= days), default=_DAYS[-1])
    raise ComponentError(
        where,
        f"{what} keeps its lines for {days} days",
        expected=f"one of {', '.join(map(str, _DAYS))}",
        fix=f"take {nearest}",
    )
