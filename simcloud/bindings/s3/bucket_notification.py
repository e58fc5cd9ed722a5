from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_KINDS = {
    "topics": ("TopicConfigurations", "topicArn", "TopicArn"),
    "queues": ("QueueConfigurations", "queueArn", "QueueArn"),
    "lambdaFunctions": ("LambdaFunctionConfigurations", "lambdaFunctionArn", "LambdaFunctionArn"),
}


class BucketNotification(BucketConfiguration):
    """Who is told when objects come and go."""

    token = "aws:s3/bucketNotification:BucketNotification"
    operation = "put_bucket_notification_configuration"
    parameters = {f"NotificationConfiguration.{there}": here for here, (there, _, _) in _KINDS.items()}
    replaces = frozenset({"bucket"})
    defaults = {"eventbridge": False}
    reader = "get_bucket_notification_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        told: Params = {
            there: [_to_api(item, arn, parameter) for item in new[here]]
            if isinstance(new[here], list)
            else new[here]
            for here, (there, arn, parameter) in _KINDS.items()
            if here in new
        }
        if new["eventbridge"]:
            told["EventBridgeConfiguration"] = {}
        return {"Bucket": new["bucket"], "NotificationConfiguration": told}

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        lists = {
            here: [_from_api(item, arn, parameter) for item in answer[there]]
            for here, (there, arn, parameter) in _KINDS.items()
            if there in answer
        }
        bridge = "EventBridgeConfiguration" in answer
        return {**lists, "eventbridge": bridge} if lists or bridge else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("s3").put_bucket_notification_configuration(Bucket=identity, NotificationConfiguration={})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if not new["eventbridge"] and not any(new.get(kind) for kind in _KINDS):
            yield Refusal(
                "MissingParameter", "one of topics, queues, lambdaFunctions and eventbridge is needed."
            )


def _to_api(item: Value, arn: str, parameter: str) -> Value:
    if not isinstance(item, Mapping):
        return item
    names = {"prefix": item.get("filterPrefix"), "suffix": item.get("filterSuffix")}
    filters = [{"Name": name, "Value": value} for name, value in names.items() if value is not None]
    return without_none(
        {
            "Id": item.get("id"),
            parameter: item.get(arn),
            "Events": item.get("events"),
            "Filter": {"Key": {"FilterRules": filters}} if filters else None,
        }
    )


def _from_api(item: Mapping[str, Any], arn: str, parameter: str) -> Props:
    filters = {
        rule["Name"].lower(): rule["Value"]
        for rule in item.get("Filter", {}).get("Key", {}).get("FilterRules", ())
    }
    return without_none(
        {
            "id": item.get("Id"),
            arn: item[parameter],
            "events": item["Events"],
            "filterPrefix": filters.get("prefix"),
            "filterSuffix": filters.get("suffix"),
        }
    )
