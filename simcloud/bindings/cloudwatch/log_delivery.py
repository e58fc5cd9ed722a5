from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_S3 = "s3DeliveryConfigurations"
_CHANGEABLE = ("fieldDelimiter", "recordFields", _S3)


class LogDelivery(Binding):
    """The way of logs from a source to a destination."""

    token = "aws:cloudwatch/logDelivery:LogDelivery"
    service = "logs"
    operation = "create_delivery"
    parameters = {"s3DeliveryConfiguration": f"{_S3}[0]"}
    replaces = frozenset({"deliverySourceName", "deliveryDestinationArn"})
    faults = {"ConflictException": "deliverySourceName"}
    tagging = tagging.LOGS
    references = (
        Reference("deliverySourceName", "delivery_source"),
        Reference("deliveryDestinationArn", "delivery_destination"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "deliverySourceName": new["deliverySourceName"],
            "deliveryDestinationArn": new["deliveryDestinationArn"],
            **_changeable(new),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["delivery"]["id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and any(new.get(name) != old.get(name) for name in _CHANGEABLE):
            ctx.client("logs").update_delivery_configuration(id=identity, **_changeable(new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("logs").get_delivery(id=identity)["delivery"]
        bucket = found.get("s3DeliveryConfiguration")
        return {
            "arn": found["arn"],
            "deliverySourceName": found["deliverySourceName"],
            "deliveryDestinationArn": found["deliveryDestinationArn"],
            "fieldDelimiter": found.get("fieldDelimiter", ""),
            "recordFields": found.get("recordFields", []),
            _S3: [{"enableHiveCompatiblePath": False, "suffixPath": "", **bucket}] if bucket else [],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_delivery(id=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        given = new.get(_S3)
        if isinstance(given, list) and len(given) > 1:
            yield Refusal("ValidationException", f"One configuration is allowed, not {len(given)}.", _S3)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new["deliveryDestinationArn"].rsplit(":", 1)[-1]
        found = ctx.client("logs").get_delivery_destination(name=name)["deliveryDestination"]
        # AWS: CreateDeliveryRequest, CloudWatch Logs API reference (botocore 1.44.5), read 2026-11.
        if new.get(_S3) and found["deliveryDestinationType"] != "S3":
            message = f"The destination {name} is {found['deliveryDestinationType']}, not a bucket."
            yield Refusal("ValidationException", message, _S3)
        if new.get("fieldDelimiter") and found.get("outputFormat") in ("json", "parquet"):
            message = f"The format {found['outputFormat']} has no field delimiter."
            yield Refusal("ValidationException", message, "fieldDelimiter")


def _changeable(new: Props) -> Params:
    given = new.get(_S3)
    first = given[0] if isinstance(given, list) and given else None if isinstance(given, list) else given
    return without_none(
        {
            "fieldDelimiter": new.get("fieldDelimiter"),
            "recordFields": new.get("recordFields"),
            "s3DeliveryConfiguration": first,
        }
    )
