"""What AWS Backup refuses in a plan, besides what its model says."""

from __future__ import annotations

import re
import zoneinfo
from collections import Counter
from collections.abc import Iterator

from simcloud import schedule_expression
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

# AWS: BackupPlanInput and BackupRule, AWS Backup API reference: names of 1 to 50 letters, digits, `-`, `_` and `.`, a
# window of at least an hour; from memory of AWS's documentation, not verified.
_NAME = re.compile(r"[A-Za-z0-9\-_.]{1,50}")
_SHORTEST_WINDOW = 60
# AWS: Lifecycle, AWS Backup API reference: at least 90 days in cold storage; read 2026-11
_COLD_DAYS = 90
# AWS: «Continuous backups and point-in-time recovery»: at most 35 days; from memory, not verified.
_CONTINUOUS_DAYS = 35


def problems(new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with a plan."""
    if isinstance(new["name"], str) and not _NAME.fullmatch(new["name"]):
        yield _invalid(
            f"the name {new['name']!r} may hold 1 to 50 letters, digits, '-', '_' and '.'.", "name"
        )
    rules = new["rules"] if isinstance(new["rules"], list) else []
    names = Counter(rule.get("ruleName") for rule in rules if isinstance(rule, dict))
    for position, rule in enumerate(rules):
        if isinstance(rule, dict):
            yield from _rule(rule, f"rules[{position}]")
            if isinstance(rule.get("ruleName"), str) and names[rule["ruleName"]] > 1:
                yield _invalid(f"two rules have the name {rule['ruleName']}.", f"rules[{position}].ruleName")


def _rule(rule: Props, path: str) -> Iterator[Refusal]:
    schedule, zone, window = (rule.get(n) for n in ("schedule", "scheduleExpressionTimezone", "startWindow"))
    wrong = schedule_expression.problem(schedule, ("cron",)) if isinstance(schedule, str) else ""
    if wrong:
        yield _invalid(f"Provided ScheduleExpression is invalid: {wrong}", f"{path}.schedule")
    if isinstance(zone, str) and zone not in zoneinfo.available_timezones():
        yield _invalid(f"{zone!r} is no time zone.", f"{path}.scheduleExpressionTimezone")
    if isinstance(window, int | float) and window < _SHORTEST_WINDOW:
        yield _invalid(
            f"the start window is {window:g} minutes, at least 60 are needed.", f"{path}.startWindow"
        )
    yield from _lifecycle(rule.get("lifecycle"), f"{path}.lifecycle")
    if rule.get("enableContinuousBackup") is True:
        yield from _continuous(rule.get("lifecycle"), f"{path}.lifecycle")
    copies = rule.get("copyActions")
    for position, copy in enumerate(copies if isinstance(copies, list) else ()):
        if isinstance(copy, dict):
            yield from _lifecycle(copy.get("lifecycle"), f"{path}.copyActions[{position}].lifecycle")


def _lifecycle(given: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(given, dict):
        return
    cold, delete = given.get("coldStorageAfter"), given.get("deleteAfter")
    for name in ("coldStorageAfter", "deleteAfter"):
        days = given.get(name)
        if isinstance(days, int | float) and days < 1 and days != -1:
            yield _invalid(f"{name} is {days:g} days, at least 1 is needed.", f"{path}.{name}")
    if isinstance(cold, int | float) and isinstance(delete, int | float) and 0 < delete < cold + _COLD_DAYS:
        yield _invalid(
            f"DeleteAfterDays cannot be less than {_COLD_DAYS} days apart from MoveToColdStorageAfterDays: "
            f"{delete:g} is before {cold:g} + {_COLD_DAYS}.",
            f"{path}.deleteAfter",
        )


def _continuous(given: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(given, dict):
        return
    delete = given.get("deleteAfter")
    if isinstance(delete, int | float) and delete > _CONTINUOUS_DAYS:
        yield _invalid(
            f"continuous backups are kept for at most {_CONTINUOUS_DAYS} days, not {delete:g}.",
            f"{path}.deleteAfter",
        )
    if "coldStorageAfter" in given:
        yield _invalid("continuous backups cannot move to cold storage.", f"{path}.coldStorageAfter")


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValueException", message, path)
