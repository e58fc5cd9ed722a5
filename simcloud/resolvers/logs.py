"""What other resources name of the delivery of logs."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver
from simcloud.resolvers.cloudwatch import log_group


def _delivery_target(ctx: Context, value: str) -> Any:
    service = value.split(":")[2] if value.count(":") >= 5 else ""
    if service == "s3":
        return ctx.client("s3").head_bucket(Bucket=value.split(":::", 1)[-1].split("/", 1)[0])
    if service == "firehose":
        name = value.rsplit("/", 1)[-1]
        return ctx.client("firehose").describe_delivery_stream(DeliveryStreamName=name)
    return log_group(ctx, value)


RESOLVERS = {
    "delivery_source": Resolver(
        "ResourceNotFoundException",
        "Requested Delivery Source {value} does not exist in this account.",
        lambda ctx, value: ctx.client("logs").get_delivery_source(name=value),
    ),
    "delivery_destination": Resolver(
        "ResourceNotFoundException",
        "Requested Delivery Destination {value} does not exist in this account.",
        lambda ctx, value: ctx.client("logs").get_delivery_destination(name=value.rsplit(":", 1)[-1]),
    ),
    "delivery_target": Resolver(
        "ResourceNotFoundException",
        "The destination {value} does not exist.",
        _delivery_target,
        any_region=True,
    ),
}
