from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings._words import from_api, to_api
from simcloud.bindings.costexplorer import _gone, _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_WORDS = {"ands": "And", "ors": "Or", "costCategory": "CostCategories", "dimension": "Dimensions"}
# AWS: Expression and AnomalySubscription, AWS Cost Explorer API reference; from memory of AWS's documentation, not
# verified.
_IMPACTS = ("ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE")


class AnomalySubscription(Binding):
    """Who hears of unusual costs. The id is the ARN."""

    token = "aws:costexplorer/anomalySubscription:AnomalySubscription"
    service = "ce"
    operation = "create_anomaly_subscription"
    parameters = {
        "AnomalySubscription.SubscriptionName": "name",
        "AnomalySubscription.Subscribers": "subscribers",
        "AnomalySubscription.MonitorArnList": "monitorArnLists",
        "AnomalySubscription.Frequency": "frequency",
        "AnomalySubscription.ThresholdExpression": "thresholdExpression",
    }
    replaces = frozenset({"name", "accountId"})
    autoname = AutoName(limit=1024)
    tagging = _tagging.ANOMALY
    references = (
        Reference("monitorArnLists[]", "anomaly_monitor"),
        Reference("subscribers[].address", "anomaly_subscriber"),
    )
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        subscription = {"SubscriptionName": new["name"], "AccountId": new.get("accountId"), **_mutable(new)}
        return {"AnomalySubscription": without_none(subscription)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["SubscriptionArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and _mutable(new) != _mutable(old):
            ctx.client("ce").update_anomaly_subscription(SubscriptionArn=identity, **_mutable(new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        asked = ctx.client("ce").get_anomaly_subscriptions(SubscriptionArnList=[identity])
        found = asked["AnomalySubscriptions"][0]
        return {
            "arn": found["SubscriptionArn"],
            "accountId": found["AccountId"],
            "name": found["SubscriptionName"],
            "frequency": found["Frequency"],
            "monitorArnLists": found["MonitorArnList"],
            "subscribers": [
                {"address": item["Address"], "type": item["Type"]} for item in found["Subscribers"]
            ],
            "thresholdExpression": from_api(found.get("ThresholdExpression"), _WORDS),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ce").delete_anomaly_subscription(SubscriptionArn=identity)

    def is_gone(self, error: ClientError) -> bool:
        return _gone.is_gone(error)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _subscribers(new)
        if "thresholdExpression" not in new:
            yield _invalid("give from which impact on an anomaly is told of.", "thresholdExpression")
        yield from _thresholds(new.get("thresholdExpression"), "thresholdExpression")


def _mutable(new: Props) -> Params:
    return without_none(
        {
            "Frequency": new["frequency"],
            "MonitorArnList": new["monitorArnLists"],
            "Subscribers": to_api(new["subscribers"], {}),
            "ThresholdExpression": to_api(new.get("thresholdExpression"), _WORDS),
        }
    )


def _subscribers(new: Props) -> Iterator[Refusal]:
    frequency, subscribers = new["frequency"], new["subscribers"]
    if not isinstance(frequency, str) or not isinstance(subscribers, list):
        return
    wanted = "SNS" if frequency == "IMMEDIATE" else "EMAIL"
    for position, subscriber in enumerate(subscribers):
        kind = subscriber.get("type") if isinstance(subscriber, dict) else None
        if kind in ("SNS", "EMAIL") and kind != wanted:
            yield _invalid(
                f"{frequency} frequency subscriptions only support {wanted} subscriptions.",
                f"subscribers[{position}].type",
            )
        address = subscriber.get("address") if isinstance(subscriber, dict) else None
        if isinstance(address, str) and (kind == "SNS") != address.startswith("arn:"):
            yield _invalid(
                f"{address!r} is no address of the type {kind}.", f"subscribers[{position}].address"
            )


def _thresholds(expression: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(expression, dict):
        return
    dimension = expression.get("dimension")
    key = dimension.get("key") if isinstance(dimension, dict) else None
    if isinstance(key, str) and key not in _IMPACTS:
        yield _invalid(f"{key!r} is not one of {', '.join(_IMPACTS)}.", f"{path}.dimension.key")
    for position, inner in enumerate(expression.get("ands") or ()):
        yield from _thresholds(inner, f"{path}.ands[{position}]")


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("ValidationException", message, path)
