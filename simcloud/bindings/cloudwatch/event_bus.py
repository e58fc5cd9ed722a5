from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.cloudwatch._event_tagging import EVENTS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = _api.members(
    ("name", "eventSourceName", "description", "kmsKeyIdentifier", "deadLetterConfig", "logConfig"),
    {},
    capital=True,
)


class EventBus(Binding):
    """A bus for events of one's own."""

    token = "aws:cloudwatch/eventBus:EventBus"
    service = "events"
    operation = "create_event_bus"
    replaces = frozenset({"name", "eventSourceName"})
    autoname = AutoName(limit=256)
    tagging = EVENTS
    references = (Reference("kmsKeyIdentifier", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "events", "CreateEventBus", new, _NAMES)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            changed = {
                key: value for key, value in self.request(ctx, new).items() if key != "EventSourceName"
            }
            ctx.client("events").update_event_bus(**changed)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("events").describe_event_bus(Name=identity)
        told = {key: value for key, value in _NAMES.items() if key != "eventSourceName"}
        return {
            "arn": found["Arn"],
            **_api.found(ctx, self.token, "events", "DescribeEventBusResponse", found, told),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("events").delete_event_bus(Name=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, source = new["name"], new.get("eventSourceName")
        # AWS: CreateEventBus, EventBridge API reference: «Name» (botocore 1.44.5), read 2026-11.
        if isinstance(name, str) and source is None and "/" in name:
            yield Refusal("ValidationException", "Event bus name must not contain '/'.", "name")
        if name == "default":
            yield Refusal("ResourceAlreadyExistsException", "Event bus default already exists.", "name")
        if isinstance(name, str) and isinstance(source, str) and name != source:
            yield Refusal(
                "ValidationException", "a partner's bus is named like its event source.", "eventSourceName"
            )
        queue = (new.get("deadLetterConfig") or {}).get("arn")
        if isinstance(queue, str) and ":sqs:" not in queue:
            yield Refusal(
                "ValidationException", f"{queue!r} is not the ARN of an SQS queue.", "deadLetterConfig.arn"
            )
