from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings._words import from_api, to_api
from simcloud.bindings.budgets import _budget_rules, _moments, _notifications, _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, without_none

_WORDS = {"ands": "And", "ors": "Or", "lookbackAvailablePeriods": "LookBackAvailablePeriods"}
_INCLUDED = (
    "Credit",
    "Discount",
    "OtherSubscription",
    "Recurring",
    "Refund",
    "Subscription",
    "Support",
    "Tax",
    "Upfront",
)
_COST_TYPES: Props = {
    **{f"include{name}": True for name in _INCLUDED},
    "useAmortized": False,
    "useBlended": False,
}


class Budget(Binding):
    """What may be spent, and who hears of it. Nothing is ever spent here."""

    token = "aws:budgets/budget:Budget"
    service = "budgets"
    operation = "create_budget"
    parameters = {
        "Budget.BudgetLimit.Amount": "limitAmount",
        "Budget.BudgetLimit.Unit": "limitUnit",
        "Budget.BudgetName": "name",
        "Budget.BudgetType": "budgetType",
        "Budget.TimeUnit": "timeUnit",
        "Budget.BillingViewArn": "billingViewArn",
        "Budget.AutoAdjustData": "autoAdjustData",
        "NotificationsWithSubscribers": "notifications",
        "AccountId": "accountId",
    }
    replaces = frozenset({"accountId", "name", "namePrefix", "billingViewArn"})
    defaults = {"timePeriodEnd": "2087-06-15_00:00"}
    autoname = AutoName(limit=100)
    tagging = _tagging.BUDGET
    references = (Reference("notifications[].subscriberSnsTopicArns[]", "topic"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "AccountId": new.get("accountId", ctx.account),
                "Budget": _budget(new),
                "NotificationsWithSubscribers": _notifications.to_request(new.get("notifications")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new.get('accountId', ctx.account)}:{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        account, name = identity.split(":", 1)
        client = ctx.client("budgets")
        if _budget(new) != _budget(old):
            client.update_budget(AccountId=account, NewBudget=_budget(new))
        _notifications.sync(client, account, name, new.get("notifications"), old.get("notifications"))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        account, name = identity.split(":", 1)
        client = ctx.client("budgets")
        budget = client.describe_budget(AccountId=account, BudgetName=name)["Budget"]
        return {
            "arn": f"arn:{ctx.partition}:budgets::{account}:budget/{name}",
            "accountId": account,
            "name": name,
            "namePrefix": given.get("namePrefix", ""),
            "notifications": _notifications.read(client, account, name) or None,
            **_props(budget),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        account, name = identity.split(":", 1)
        ctx.client("budgets").delete_budget(AccountId=account, BudgetName=name)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _budget_rules.problems(ctx, new)


def _budget(new: Props) -> Params:
    amount, types, metric = new.get("limitAmount"), new.get("costTypes"), new.get("metrics")
    adjusted = new.get("autoAdjustData")
    return without_none(
        {
            "BudgetName": new["name"],
            "BudgetType": new["budgetType"],
            "TimeUnit": new["timeUnit"],
            "BudgetLimit": without_none({"Amount": amount, "Unit": new.get("limitUnit")}) if amount else None,
            "PlannedBudgetLimits": _planned(new.get("plannedLimits")),
            "AutoAdjustData": to_api(_without_output(adjusted), _WORDS),
            "CostFilters": _filters(new.get("costFilters")),
            "CostTypes": to_api({**_COST_TYPES, **types}, {}) if isinstance(types, dict) else types,
            "FilterExpression": to_api(new.get("filterExpression"), _WORDS),
            "Metrics": [metric] if metric is not None else None,
            "BillingViewArn": new.get("billingViewArn"),
            "TimePeriod": without_none(
                {
                    "Start": _moments.parsed(new.get("timePeriodStart")),
                    "End": _moments.parsed(new["timePeriodEnd"]),
                }
            ),
        }
    )


def _without_output(adjusted: Value) -> Value:
    if not isinstance(adjusted, dict):
        return adjusted
    return {key: value for key, value in adjusted.items() if key != "lastAutoAdjustTime"}


def _planned(limits: Value) -> Value:
    if not isinstance(limits, list):
        return limits
    known = [limit for limit in limits if not isinstance(limit, Unknown)]
    return {
        _second(limit["startTime"]): {"Amount": limit["amount"], "Unit": limit["unit"]} for limit in known
    }


def _second(text: Value) -> str:
    """A time as the API's keys have it: seconds since 1970."""
    moment = _moments.parsed(text)
    return str(int(moment.timestamp())) if isinstance(moment, datetime) else str(text)


def _filters(filters: Value) -> Value:
    if not isinstance(filters, list):
        return filters
    return {
        item["name"]: item["values"]
        for item in filters
        if isinstance(item, dict) and isinstance(item["name"], str)
    }


def _props(budget: Mapping[str, Any]) -> Props:
    limit, period = budget.get("BudgetLimit") or {}, budget["TimePeriod"]
    planned = [
        {
            "startTime": _moments.written(datetime.fromtimestamp(int(start), UTC)),
            "amount": value["Amount"],
            "unit": value["Unit"],
        }
        for start, value in (budget.get("PlannedBudgetLimits") or {}).items()
    ]
    adjusted = {
        key: item for key, item in (budget.get("AutoAdjustData") or {}).items() if key != "LastAutoAdjustTime"
    }
    return {
        "budgetType": budget["BudgetType"],
        "timeUnit": budget["TimeUnit"],
        "limitAmount": limit.get("Amount", ""),
        "limitUnit": limit.get("Unit", ""),
        "plannedLimits": planned or None,
        "autoAdjustData": from_api(adjusted, _WORDS) or None,
        "costFilters": [
            {"name": key, "values": value} for key, value in (budget.get("CostFilters") or {}).items()
        ],
        "costTypes": from_api(budget.get("CostTypes") or to_api(_COST_TYPES, {}), {}),
        "filterExpression": from_api(budget.get("FilterExpression"), _WORDS),
        "metrics": next(iter(budget.get("Metrics") or ()), None),
        "billingViewArn": budget.get("BillingViewArn"),
        "timePeriodStart": _moments.written(period["Start"]),
        "timePeriodEnd": _moments.written(period["End"]),
    }
