"""Budgets as AWS answers them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from moto.budgets.exceptions import DuplicateRecordException, NotFoundException
from moto.budgets.models import Budget, BudgetsBackend
from moto.budgets.responses import BudgetsResponse
from moto.core.utils import unix_time, utcnow

from simcloud.patches import adds, around

_LAST_MOMENT = datetime(2087, 6, 15, tzinfo=UTC)


@around(Budget)
def __init__(original: Any, self: Any, budget: dict[str, Any], notifications: Any) -> None:
    """AWS: fills in period and limit; moto: knows no budget that adjusts itself, nor half a period."""
    _complete(budget)
    original(self, budget, notifications)


def _complete(budget: dict[str, Any]) -> None:
    period = budget.setdefault("TimePeriod", {})
    period.setdefault("Start", unix_time(_start(budget["TimeUnit"])))
    period.setdefault("End", unix_time(_LAST_MOMENT.replace(tzinfo=None)))
    if "AutoAdjustData" in budget:
        budget.setdefault("BudgetLimit", {"Amount": "0.0", "Unit": "USD"})
        budget["AutoAdjustData"].setdefault("LastAutoAdjustTime", unix_time())
    if budget["BudgetType"].startswith(("RI_", "SAVINGS_PLANS_")):
        budget.setdefault("BudgetLimit", {"Amount": "100.0", "Unit": "PERCENTAGE"})


def _start(unit: str) -> datetime:
    """The beginning of the current period."""
    today = utcnow().replace(hour=0, minute=0, second=0, microsecond=0)
    month = {"QUARTERLY": 3 * ((today.month - 1) // 3) + 1, "ANNUALLY": 1}.get(unit, today.month)
    return today if unit == "DAILY" else today.replace(month=month, day=1)


@adds(BudgetsResponse)
def update_budget(self: Any) -> str:
    """AWS: puts the new budget in the place of the old one; moto: not implemented."""
    fresh = self._get_param("NewBudget")
    held = _budget(self, fresh["BudgetName"])
    _complete(fresh)
    held.budget = {**fresh, "LastUpdatedTime": unix_time()}
    return "{}"


@around(BudgetsBackend)
def create_notification(
    original: Any, self: Any, account_id: str, budget_name: str, notification: Any, subscribers: Any
) -> None:
    """AWS: a budget has a notification once; moto: as often as it is made."""
    held = self.budgets[account_id].get(budget_name)
    if held is not None and any(_same(known.details, notification) for known in held.notifications):
        raise DuplicateRecordException("notification", notification["NotificationType"])
    original(self, account_id, budget_name, notification, subscribers)


@around(Budget)
def delete_notification(original: Any, self: Any, details: Any) -> None:
    """AWS: says that there is none; moto: says nothing."""
    kept = [known for known in self.notifications if not _same(known.details, details)]
    if len(kept) == len(self.notifications):
        raise NotFoundException("Unable to delete notification - the notification doesn't exist.")
    self.notifications = kept


@around(BudgetsResponse)
def describe_notifications_for_budget(original: Any, self: Any) -> Any:
    """AWS: says that the budget does not exist; moto: breaks."""
    _budget(self, self._get_param("BudgetName"))
    return original(self)


@adds(BudgetsResponse)
def describe_subscribers_for_notification(self: Any) -> str:
    """AWS: tells who hears of it; moto: not implemented."""
    wanted = self._get_param("Notification")
    for known in _budget(self, self._get_param("BudgetName")).notifications:
        if _same(known.details, wanted):
            return json.dumps({"Subscribers": known.subscribers})
    raise NotFoundException("Unable to get subscribers - the notification doesn't exist.")


@adds(BudgetsResponse)
def tag_resource(self: Any) -> str:
    """AWS: tags budgets; moto: not implemented."""
    _tags(self).update({tag["Key"]: tag["Value"] for tag in self._get_param("ResourceTags")})
    return "{}"


@adds(BudgetsResponse)
def untag_resource(self: Any) -> str:
    """AWS: takes tags away; moto: not implemented."""
    for key in self._get_param("ResourceTagKeys"):
        _tags(self).pop(key, None)
    return "{}"


@adds(BudgetsResponse)
def list_tags_for_resource(self: Any) -> str:
    """AWS: tells the tags; moto: not implemented."""
    return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in _tags(self).items()]})


@around(BudgetsResponse)
def create_budget(original: Any, self: Any) -> Any:
    """AWS: keeps the tags that a budget is made with; moto: drops them."""
    answer = original(self)
    held = _budget(self, self._get_param("Budget")["BudgetName"])
    held.tags = {tag["Key"]: tag["Value"] for tag in self._get_param("ResourceTags") or []}
    return answer


def _budget(response: Any, name: str) -> Any:
    account = response._get_param("AccountId") or response.current_account
    response.backend.describe_budget(account, name)
    return response.backend.budgets[account][name]


def _tags(response: Any) -> dict[str, str]:
    held = _budget(response, response._get_param("ResourceARN").rsplit(":budget/", 1)[-1])
    tags: dict[str, str] = held.tags
    return tags


def _same(left: dict[str, Any], right: dict[str, Any]) -> bool:
    """Whether two notifications are one: their state does not matter, percentages are the default."""
    names = ("NotificationType", "ComparisonOperator", "Threshold")
    kinds = left.get("ThresholdType", "PERCENTAGE"), right.get("ThresholdType", "PERCENTAGE")
    return kinds[0] == kinds[1] and all(left[name] == right[name] for name in names)
