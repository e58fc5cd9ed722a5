from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAMES = {
    "logGroupName": "logGroup",
    "filterName": "name",
    "filterPattern": "filterPattern",
    "destinationArn": "destinationArn",
    "roleArn": "roleArn",
    "distribution": "distribution",
    "applyOnTransformedLogs": "applyOnTransformedLogs",
    "emitSystemFields": "emitSystemFields",
}
# AWS: PutSubscriptionFilter, CloudWatch Logs API reference (botocore 1.44.5), read 2026-11.
_DESTINATIONS = ("kinesis", "firehose", "lambda", "logs")
_LIMIT = 2


class LogSubscriptionFilter(Binding):
    """A log group's lines, as they come, to a function, a stream or another account."""

    token = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
    service = "logs"
    operation = "put_subscription_filter"
    parameters = _NAMES
    replaces = frozenset({"name", "logGroup", "destinationArn"})
    defaults = {"distribution": "ByLogStream"}
    autoname = AutoName(limit=512)
    references = (Reference("logGroup", "log_group"), Reference("roleArn", "role"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({there: new.get(here) for there, here in _NAMES.items()})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return _identity(new["logGroup"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("logs").put_subscription_filter(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _filters(ctx, given["logGroup"]).get(given["name"])
        if found is None:
            return None
        return {
            **{here: found.get(there) for there, here in _NAMES.items()},
            "roleArn": found.get("roleArn", ""),
            "applyOnTransformedLogs": found.get("applyOnTransformedLogs", False),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_subscription_filter(logGroupName=old["logGroup"], filterName=old["name"])

    def import_id(self, identity: str) -> Props:
        group, _, name = identity.partition("|")
        return {"logGroup": group, "name": name}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _identity(found["logGroup"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        arn = new["destinationArn"]
        if not isinstance(arn, str):
            return
        service = [*arn.split(":"), "", "", ""][2]
        if not arn.startswith("arn:") or service not in _DESTINATIONS:
            yield Refusal(
                "InvalidParameterException",
                f"destinationArn {arn!r} is the ARN of no Kinesis or Firehose stream, function or destination.",
                "destinationArn",
            )
        # AWS: PutSubscriptionFilter: streams are written to in a role, a function lets the service in itself
        # (botocore 1.44.5), read 2026-11.
        if service in ("kinesis", "firehose") and "roleArn" not in new:
            yield Refusal(
                "InvalidParameterException",
                "Must provide a role to assume to deliver to a stream.",
                "roleArn",
            )
        if service == "lambda" and "roleArn" in new:
            yield Refusal(
                "InvalidParameterException",
                "destinationArn for vendor lambda cannot be used with roleArn",
                "roleArn",
                "leave roleArn out; an aws.lambda_.Permission lets logs.amazonaws.com invoke the function.",
            )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        others = _filters(ctx, new["logGroup"]).keys() - {new["name"]}
        if len(others) >= _LIMIT:
            yield Refusal(
                "LimitExceededException",
                f"Resource limit exceeded: {new['logGroup']} has {_LIMIT} subscription filters already: "
                f"{', '.join(sorted(others))}.",
                "logGroup",
            )


def _filters(ctx: Context, group: str) -> dict[str, Mapping[str, Any]]:
    found = ctx.client("logs").describe_subscription_filters(logGroupName=group)["subscriptionFilters"]
    return {item["filterName"]: item for item in found}


def _identity(group: str) -> str:
    """As the real provider makes it up: of the group alone."""
    return f"cwlsf-{zlib.crc32(f'{group}-'.encode())}"
