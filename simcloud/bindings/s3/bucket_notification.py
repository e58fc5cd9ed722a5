from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

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

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for kind, (service, look) in _LOOKS.items():
            for position, item in enumerate(new.get(kind) or ()):
                name = _ARNS[kind]
                if not _exists(ctx, service, look, item[name]):
                    yield Refusal(
                        "InvalidArgument",
                        f"Unable to validate the following destination configurations: {item[name]}.",
                        f"{kind}[{position}].{name}",
                    )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if not new["eventbridge"] and not any(new.get(kind) for kind in _KINDS):
            yield Refusal(
                "MissingParameter", "one of topics, queues, lambdaFunctions and eventbridge is needed."
            )


_ARNS = {"topics": "topicArn", "queues": "queueArn", "lambdaFunctions": "lambdaFunctionArn"}
_LOOKS: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "topics": ("sns", lambda sns, arn: sns.get_topic_attributes(TopicArn=arn)),
    "queues": ("sqs", lambda sqs, arn: sqs.get_queue_url(QueueName=arn.rsplit(":", 1)[-1])),
    "lambdaFunctions": ("lambda", lambda functions, arn: functions.get_function(FunctionName=arn)),
}


def _exists(ctx: Context, service: str, look: Callable[[Any, str], Any], arn: str) -> bool:
    try:
        look(ctx.client(service), arn)
    except ClientError:
        return False
    return True


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
