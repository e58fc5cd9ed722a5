from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_CONFIG = "deliveryDestinationConfiguration"
_TYPES = {"s3": "S3", "logs": "CWL", "firehose": "FH"}
# AWS: «Logging that requires additional permissions [V2]», formats by destination; from memory, not verified.
_FORMATS = {"CWL": ("plain", "json"), "FH": ("json", "plain", "raw")}


class LogDeliveryDestination(Binding):
    """A bucket, log group or delivery stream that logs can be delivered to."""

    token = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"
    service = "logs"
    operation = "put_delivery_destination"
    replaces = frozenset({"name", "outputFormat", "deliveryDestinationType"})
    autoname = AutoName(limit=60)
    tagging = tagging.LOGS
    references = (Reference(f"{_CONFIG}.destinationResourceArn", "delivery_target"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "name": new["name"],
                "outputFormat": new.get("outputFormat"),
                "deliveryDestinationType": new.get("deliveryDestinationType"),
                _CONFIG: new.get(_CONFIG),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        logs = ctx.client("logs")
        known = logs.describe_delivery_destinations()["deliveryDestinations"]
        if any(item["name"] == new["name"] for item in known):
            message = f"A delivery destination with the name {new['name']} already exists."
            raise Refusal("ConflictException", message, "name")
        return self.identify(ctx, logs.put_delivery_destination(**self.request(ctx, new)), new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["deliveryDestination"]["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new.get(_CONFIG) != old.get(_CONFIG):
            ctx.client("logs").put_delivery_destination(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("logs").get_delivery_destination(name=identity)["deliveryDestination"]
        return {
            "arn": found["arn"],
            "name": found["name"],
            _CONFIG: found[_CONFIG],
            "deliveryDestinationType": found["deliveryDestinationType"],
            "outputFormat": found.get("outputFormat"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_delivery_destination(name=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        said, config, form = new.get("deliveryDestinationType"), new.get(_CONFIG), new.get("outputFormat")
        if said == "XRAY":
            message = "the simulated cloud delivers to S3, CWL and FH only."
            yield Refusal("UnsupportedOperation", message, "deliveryDestinationType")
        elif config is None:
            yield Refusal("ValidationException", "A destination other than XRAY names a resource.", _CONFIG)
        arn = config.get("destinationResourceArn") if isinstance(config, Mapping) else None
        kind = _TYPES.get(arn.split(":")[2]) if isinstance(arn, str) and arn.count(":") >= 5 else None
        if isinstance(arn, str) and kind is None:
            message = f"{arn!r} is not the ARN of a bucket, a log group or a delivery stream."
            yield Refusal("ValidationException", message, f"{_CONFIG}.destinationResourceArn")
        if kind in _FORMATS and isinstance(form, str) and form not in _FORMATS[kind]:
            message = f"The formats of {kind} are {', '.join(_FORMATS[kind])}, not {form}."
            yield Refusal("ValidationException", message, "outputFormat")
        if kind and isinstance(said, str) and said not in (kind, "XRAY"):
            yield Refusal("ValidationException", f"{arn} is {kind}, not {said}.", "deliveryDestinationType")
