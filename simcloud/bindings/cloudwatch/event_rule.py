from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import schedule_expression
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.cloudwatch import _event_pattern
from simcloud.bindings.cloudwatch._event_tagging import EVENTS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAMES = {
    "Name": "name",
    "EventBusName": "eventBusName",
    "Description": "description",
    "EventPattern": "eventPattern",
    "ScheduleExpression": "scheduleExpression",
    "RoleArn": "roleArn",
}


class EventRule(Binding):
    """A rule: which events, or when; its targets are resources of their own."""

    token = "aws:cloudwatch/eventRule:EventRule"
    service = "events"
    operation = "put_rule"
    parameters = _NAMES
    replaces = frozenset({"name", "namePrefix", "eventBusName"})
    defaults = {"eventBusName": "default", "forceDestroy": False}
    autoname = AutoName(limit=64)
    tagging = EVENTS
    references = (Reference("roleArn", "role"), Reference("eventBusName", "event_bus"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {**{there: new.get(here) for there, here in _NAMES.items()}, "State": _state(new)}
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return _identity(new)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("events").put_rule(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        bus, name = given.get("eventBusName", "default"), given.get("name", identity)
        found = ctx.client("events").describe_rule(Name=name, EventBusName=bus)
        enabled = {"isEnabled": found["State"] == "ENABLED"} if "isEnabled" in given else {}
        return {
            **{here: found.get(there) for there, here in _NAMES.items()},
            "arn": found["Arn"],
            "eventBusName": bus,
            "namePrefix": given.get("namePrefix", ""),
            "state": found["State"],
            **enabled,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("events").delete_rule(
            Name=old["name"], EventBusName=old["eventBusName"], Force=bool(old.get("forceDestroy"))
        )

    def import_id(self, identity: str) -> Props:
        bus, _, name = identity.rpartition("/")
        return {"name": name, "eventBusName": bus or "default"}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _identity(found)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        pattern, schedule, bus = new.get("eventPattern"), new.get("scheduleExpression"), new["eventBusName"]
        if pattern is None and schedule is None:
            yield Refusal(
                "ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified."
            )
        if "state" in new and "isEnabled" in new:
            yield Refusal("ValidationException", "state and isEnabled exclude each other.", "isEnabled")
        if isinstance(pattern, str) and (fault := _event_pattern.problem(pattern)):
            yield Refusal(
                "InvalidEventPatternException",
                f"Event pattern is not valid. Reason: {fault}",
                "eventPattern",
            )
        if isinstance(schedule, str):
            # AWS: PutRule, EventBridge API reference: schedules are on the default bus only; per reference notes.
            fault = schedule_expression.problem(schedule, ("cron", "rate"), agreeing=True)
            if fault:
                yield Refusal(
                    "ValidationException",
                    f"Parameter ScheduleExpression is not valid: {fault}",
                    "scheduleExpression",
                )
            if isinstance(bus, str) and bus.rsplit("/", 1)[-1] != "default":
                yield Refusal(
                    "ValidationException",
                    "ScheduleExpression is supported only on the default event bus.",
                    "eventBusName",
                )


def _state(new: Props) -> Any:
    if "isEnabled" not in new or not isinstance(new["isEnabled"], bool):
        return new.get("state")
    return "ENABLED" if new["isEnabled"] else "DISABLED"


def _identity(props: Props) -> str:
    """As the real provider writes it: the bus in front, unless it is the default one."""
    bus = props["eventBusName"]
    return str(props["name"]) if bus == "default" else f"{bus}/{props['name']}"
