"""What is still wrong after a while goes to somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pulumi

from components.alarm import Alarm, Severity, Window
from components.errors import ComponentError

# AWS: API reference of CloudWatch PutMetricAlarm: EvaluationPeriods times Period is at most a day for periods of
# less than an hour (documentation text in botocore 1.44.5), read 2026-11.
_LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """Who hears of a critical alarm that has been firing for `after_minutes`: people, and HTTPS endpoints.

    With topics that somebody else owns (`ExistingTopics`) nobody is named here.
    """

    emails: tuple[str, ...] = ()
    urls: tuple[pulumi.Input[str], ...] = ()
    after_minutes: int = 30


def unresolved(alarms: Iterable[Alarm], after_minutes: int) -> list[Alarm]:
    """One more alarm for each critical one: the same limit, and not one good period in all that time."""
    return [
        replace(
            alarm,
            name=f"{alarm.name}-unresolved",
            severity=Severity.ESCALATED,
            description=f"{alarm.description} For {after_minutes} minutes now.",
            window=_all_of(after_minutes, alarm.window.seconds),
        )
        for alarm in alarms
        if alarm.severity is Severity.CRITICAL
    ]


def check_escalation(where: str, escalation: Escalation, *, elsewhere: bool) -> None:
    """Refuses an escalation that reaches nobody, or that no alarm can wait for.

    `elsewhere` says that the owner of its topic names the people.
    """
    if elsewhere and (escalation.emails or escalation.urls):
        raise ComponentError(
            where,
            "the escalation names people for a topic that somebody else owns",
            expected="`after_minutes` alone: the owner of the topic subscribes people",
            fix="drop `emails` and `urls` of the escalation",
        )
    if not (elsewhere or escalation.emails or escalation.urls):
        raise ComponentError(
            where,
            "the escalation names nobody",
            expected="an e-mail address or an HTTPS endpoint",
            fix="name one, or drop the escalation",
        )
    if not 5 < escalation.after_minutes <= _LONGEST_MINUTES:
        raise ComponentError(
            where,
            f"an escalation after {escalation.after_minutes} minutes",
            expected=f"6 to {_LONGEST_MINUTES}: longer than the first alarm takes, and no longer than a day",
            fix="correct after_minutes",
        )


def _all_of(minutes: int, seconds: int) -> Window:
    periods = max(1, -(-minutes * 60 // seconds))
    return Window(periods, periods, seconds)
