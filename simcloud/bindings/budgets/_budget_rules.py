"""What AWS Budgets refuses, besides what its model says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simcloud.bindings.budgets import _moments
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, is_known

# AWS: Budget, AWS Budgets API reference: `BudgetLimit`, `PlannedBudgetLimits`; from memory of AWS's documentation, not
# verified.
_PERCENT_TYPES = (
    "RI_UTILIZATION",
    "RI_COVERAGE",
    "SAVINGS_PLANS_UTILIZATION",
    "SAVINGS_PLANS_COVERAGE",
)
_PLANNED_UNITS = {"MONTHLY": 12, "QUARTERLY": 4}
# Provider's documentation of `metrics`.
_METRICS = (
    "UnblendedCost",
    "BlendedCost",
    "AmortizedCost",
    "NetUnblendedCost",
    "NetAmortizedCost",
    "UsageQuantity",
    "NormalizedUsageAmount",
    "Hours",
)
_LIMITS = ("limitAmount", "plannedLimits", "autoAdjustData")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with a budget."""
    account = new.get("accountId", ctx.account)
    if isinstance(account, str) and account != ctx.account:
        yield Refusal("AccessDeniedException", f"{account} is not this account, {ctx.account}.", "accountId")
    yield from _limit(new)
    yield from _planned(new)
    yield from _period(new)
    yield from _filters(new)
    notifications = new.get("notifications")
    listed = notifications if isinstance(notifications, list) else []
    for position, notification in enumerate(listed):
        if isinstance(notification, dict):
            yield from _notification(notification, new["timeUnit"], f"notifications[{position}]")
            if is_known(notification) and any(_is_same(notification, other) for other in listed[:position]):
                yield Refusal(
                    "DuplicateRecordException",
                    "the notification is there twice.",
                    f"notifications[{position}]",
                )


def _limit(new: Props) -> Iterator[Refusal]:
    given, kind = [name for name in _LIMITS if name in new], new["budgetType"]
    percent = kind in _PERCENT_TYPES
    if not given and not percent and isinstance(kind, str):
        yield _invalid(
            "Unable to create/update budget - please provide one of the followings: "
            "Budget Limit/ Planned Budget Limit/ Auto Adjust Data",
            "limitAmount",
        )
    if len(given) > 1:
        yield _invalid(f"{given[0]} and {given[1]} cannot be given together.", given[1])
    if "limitAmount" in new and "limitUnit" not in new:
        yield _invalid("limitAmount needs limitUnit (USD for a cost budget).", "limitUnit")
    amount, unit = new.get("limitAmount"), new.get("limitUnit")
    if percent and isinstance(amount, str) and _number(amount) not in (None, 100.0):
        yield _invalid(
            f"the limit of a budget of the type {kind} is always 100, not {amount}.", "limitAmount"
        )
    if kind == "COST" and unit == "PERCENTAGE":
        yield _invalid("the limit of a cost budget is an amount of money: its unit is USD.", "limitUnit")


def _planned(new: Props) -> Iterator[Refusal]:
    limits, unit = new.get("plannedLimits"), new["timeUnit"]
    if not isinstance(limits, list) or isinstance(unit, Unknown):
        return
    if unit not in _PLANNED_UNITS:
        yield _invalid(f"limits cannot be planned for the time unit {unit}.", "plannedLimits")
    elif len(limits) != _PLANNED_UNITS[unit]:
        wanted = _PLANNED_UNITS[unit]
        yield _invalid(f"there are {len(limits)} planned limits; {unit} wants {wanted}.", "plannedLimits")
    for position, limit in enumerate(limits):
        if isinstance(limit, dict):
            yield from _moment(limit.get("startTime"), f"plannedLimits[{position}].startTime")


def _period(new: Props) -> Iterator[Refusal]:
    start, end = new.get("timePeriodStart"), new["timePeriodEnd"]
    yield from _moment(start, "timePeriodStart")
    yield from _moment(end, "timePeriodEnd")
    first, last = _moments.parsed(start), _moments.parsed(end)
    if isinstance(first, datetime) and isinstance(last, datetime) and last <= first:
        yield _invalid("Start date should come before end date.", "timePeriodEnd")


def _filters(new: Props) -> Iterator[Refusal]:
    if "costFilters" in new and "filterExpression" in new:
        yield _invalid("costFilters and filterExpression cannot be given together.", "filterExpression")
    if "metrics" in new and "costTypes" in new:
        yield _invalid("metrics and costTypes cannot be given together.", "metrics")
    for one, other in (("metrics", "filterExpression"), ("filterExpression", "metrics")):
        if one in new and other not in new:
            yield _invalid(f"{one} needs {other}.", one)
    if isinstance(new.get("metrics"), str) and new["metrics"] not in _METRICS:
        yield _invalid(f"{new['metrics']!r} is not one of {', '.join(_METRICS)}.", "metrics")


def _notification(given: Props, unit: object, path: str) -> Iterator[Refusal]:
    # AWS: «Creating a budget», Cost Management User Guide: one topic, ten addresses, no forecast for a day; from memory
    # of AWS's documentation, not verified.
    emails, topics = given.get("subscriberEmailAddresses"), given.get("subscriberSnsTopicArns")
    if not emails and not topics:
        yield _invalid("the notification has no subscriber: give an e-mail address or an SNS topic.", path)
    if isinstance(emails, list) and len(emails) > 10:
        yield _invalid(
            f"{len(emails)} addresses, at most 10 are allowed.", f"{path}.subscriberEmailAddresses"
        )
    if isinstance(topics, list) and len(topics) > 1:
        yield _invalid(f"{len(topics)} topics, at most 1 is allowed.", f"{path}.subscriberSnsTopicArns")
    for position, address in enumerate(emails if isinstance(emails, list) else ()):
        if isinstance(address, str) and "@" not in address:
            yield _invalid(
                f"{address!r} is no e-mail address.", f"{path}.subscriberEmailAddresses[{position}]"
            )
    if unit == "DAILY" and given.get("notificationType") == "FORECASTED":
        yield _invalid("a daily budget has no forecast to notify of.", f"{path}.notificationType")


def _is_same(left: object, right: object) -> bool:
    names = ("notificationType", "comparisonOperator", "threshold", "thresholdType")
    if not isinstance(left, dict) or not isinstance(right, dict):
        return False
    return all(left.get(name) == right.get(name) for name in names)


def _moment(text: object, path: str) -> Iterator[Refusal]:
    if isinstance(text, str) and isinstance(_moments.parsed(text), str):
        yield _invalid(f"{text!r} is no time; expected as in 2030-01-01_12:00.", path)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterException", message, path)
