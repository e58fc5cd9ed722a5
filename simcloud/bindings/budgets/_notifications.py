"""The notifications of a budget and who hears of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings._words import from_api
from simcloud.values import Props, Unknown, Value

_WORDS = ("notificationType", "comparisonOperator", "threshold", "thresholdType")
_SUBSCRIBERS = {"subscriberEmailAddresses": "EMAIL", "subscriberSnsTopicArns": "SNS"}


def to_request(notifications: Value) -> Value:
    """All notifications with their subscribers."""
    return [_one(item) for item in notifications] if isinstance(notifications, list) else notifications


def read(client: Any, account: str, budget: str) -> list[Props]:
    """All notifications that a budget has."""
    named = {"AccountId": account, "BudgetName": budget}
    found = client.describe_notifications_for_budget(**named)["Notifications"]
    return [_props(item, _subscribers(client, named, item)) for item in found]


def sync(client: Any, account: str, budget: str, new: Value, old: Value) -> None:
    """Replace the notifications: the API changes none in place."""
    named = {"AccountId": account, "BudgetName": budget}
    before, after = to_request(old or []), to_request(new or [])
    for item in before:
        if item not in after:
            client.delete_notification(**named, Notification=item["Notification"])
    for item in after:
        if item not in before:
            client.create_notification(**named, **item)


def _one(item: Value) -> Value:
    if isinstance(item, Unknown):
        return item
    listed = [item[name] for name in _SUBSCRIBERS if name in item]
    return {
        "Notification": {name[0].upper() + name[1:]: item[name] for name in _WORDS},
        "Subscribers": next((value for value in listed if isinstance(value, Unknown)), None)
        or _addresses(item),
    }


def _addresses(item: Props) -> list[Params]:
    return [
        {"SubscriptionType": kind, "Address": address}
        for name, kind in _SUBSCRIBERS.items()
        for address in item.get(name) or ()
    ]


def _subscribers(client: Any, named: Params, notification: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    known = {key: value for key, value in notification.items() if key != "NotificationState"}
    answer = client.describe_subscribers_for_notification(**named, Notification=known)
    return list(answer["Subscribers"])


def _props(notification: Mapping[str, Any], subscribers: list[Mapping[str, Any]]) -> Props:
    plain: Props = from_api({"ThresholdType": "PERCENTAGE", **notification}, {})
    addresses = {
        name: [item["Address"] for item in subscribers if item["SubscriptionType"] == kind]
        for name, kind in _SUBSCRIBERS.items()
    }
    plain.pop("notificationState", None)
    return {**plain, **{name: listed for name, listed in addresses.items() if listed}}
