"""What other resources name of SQS."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver

_CODE = "AWS.SimpleQueueService.NonExistentQueue"


def _by_url(ctx: Context, value: str) -> Any:
    return ctx.client("sqs").get_queue_attributes(QueueUrl=value, AttributeNames=["QueueArn"])


def _by_arn(ctx: Context, value: str) -> Any:
    return ctx.client("sqs").get_queue_url(QueueName=value.rsplit(":", 1)[-1])


RESOLVERS = {
    "queue_url": Resolver(_CODE, "The specified queue does not exist: {value}.", _by_url),
    "queue": Resolver(_CODE, "The specified queue does not exist: {value}.", _by_arn),
}
