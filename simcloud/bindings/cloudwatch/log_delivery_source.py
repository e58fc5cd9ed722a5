from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: PutDeliverySourceRequest.logType, CloudWatch Logs API reference (botocore 1.44.5), read 2026-11; not all of it.
_LOG_TYPES = {"cloudfront": ("ACCESS_LOGS",)}


class LogDeliverySource(Binding):
    """Something whose logs can be delivered, such as a distribution."""

    token = "aws:cloudwatch/logDeliverySource:LogDeliverySource"
    service = "logs"
    operation = "put_delivery_source"
    replaces = frozenset({"name", "resourceArn", "logType"})
    faults = {"ResourceNotFoundException": "resourceArn"}
    autoname = AutoName(limit=60)
    tagging = tagging.LOGS

    def request(self, ctx: Context, new: Props) -> Params:
        return {"name": new["name"], "resourceArn": new["resourceArn"], "logType": new["logType"]}

    def create(self, ctx: Context, new: Props) -> str:
        logs = ctx.client("logs")
        if any(item["name"] == new["name"] for item in logs.describe_delivery_sources()["deliverySources"]):
            message = f"A delivery source with the name {new['name']} already exists."
            raise Refusal("ConflictException", message, "name")
        return self.identify(ctx, logs.put_delivery_source(**self.request(ctx, new)), new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["deliverySource"]["name"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("logs").get_delivery_source(name=identity)["deliverySource"]
        return {
            "arn": found["arn"],
            "name": found["name"],
            "logType": found["logType"],
            "resourceArn": found["resourceArns"][0],
            "service": found["service"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_delivery_source(name=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        arn, kind = new["resourceArn"], new["logType"]
        service = arn.split(":")[2] if isinstance(arn, str) and arn.count(":") >= 5 else ""
        if isinstance(arn, str) and not service:
            yield Refusal("ValidationException", f"{arn!r} is not an ARN.", "resourceArn")
        known = _LOG_TYPES.get(service, ())
        if known and isinstance(kind, str) and kind not in known:
            message = f"The service {service} has the log types {', '.join(known)}, not {kind}."
            yield Refusal("ValidationException", message, "logType")
        # AWS: «Configure standard logging (v2)», CloudFront developer guide: us-east-1; from memory, not verified.
        if service == "cloudfront" and ctx.region != "us-east-1":
            yield Refusal(
                "ValidationException",
                f"The logs of distributions are delivered from us-east-1, this is {ctx.region}.",
                "resourceArn",
                'set region="us-east-1".',
            )
