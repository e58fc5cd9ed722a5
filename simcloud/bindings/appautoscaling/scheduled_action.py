from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import schedule_expression
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings._checks import at
from simcloud.bindings.appautoscaling import _subject
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, is_known, without_none


class ScheduledAction(Binding):
    """Other bounds at a certain time."""

    token = "aws:appautoscaling/scheduledAction:ScheduledAction"
    service = "application-autoscaling"
    operation = "put_scheduled_action"
    parameters = {"ScheduledActionName": "name"}
    replaces = frozenset({"name", "resourceId", "serviceNamespace"})
    defaults = {"timezone": "UTC"}
    autoname = AutoName(limit=1600)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "ScheduledActionName": new["name"],
                **_subject.params(new),
                "Schedule": new["schedule"],
                "Timezone": new["timezone"],
                "ScalableTargetAction": _action(new["scalableTargetAction"]),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['name']}-{new['serviceNamespace']}-{new['resourceId']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client(self.service).put_scheduled_action(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client(self.service).describe_scheduled_actions(
            ScheduledActionNames=[given["name"]], **_subject.params(given)
        )["ScheduledActions"]
        action = next((item for item in found if item["ScheduledActionName"] == given["name"]), None)
        if action is None:
            return None
        return {
            "arn": action["ScheduledActionARN"],
            "name": action["ScheduledActionName"],
            **_subject.props(action),
            "schedule": action["Schedule"],
            "timezone": action.get("Timezone") or "UTC",
            "scalableTargetAction": _action_props(action["ScalableTargetAction"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client(self.service).delete_scheduled_action(
            ScheduledActionName=old["name"], **_subject.params(old)
        )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _subject.registered(ctx, new)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        schedule, timezone = new["schedule"], new["timezone"]
        # AWS: PutScheduledAction, Application Auto Scaling API reference: `Schedule`; per reference notes.
        wrong = schedule_expression.problem(schedule) if isinstance(schedule, str) else ""
        if wrong:
            yield Refusal("ValidationException", wrong, "schedule")
        action = new["scalableTargetAction"]
        low, high = at(new, "scalableTargetAction.minCapacity"), at(new, "scalableTargetAction.maxCapacity")
        if isinstance(action, dict) and low is None and high is None:
            text = "at least one of minCapacity and maxCapacity is needed."
            yield Refusal("ValidationException", text, "scalableTargetAction")
        if is_known([low, high]) and None not in (low, high) and int(low) > int(high):
            text = f"Maximum capacity {high} cannot be less than minimum capacity {low}."
            yield Refusal("ValidationException", text, "scalableTargetAction")
        if isinstance(timezone, str) and timezone not in zoneinfo.available_timezones():
            yield Refusal("ValidationException", f"{timezone!r} is no time zone.", "timezone")


def _action(given: Value) -> Value:
    if isinstance(given, Unknown):
        return given
    return without_none(
        {"MinCapacity": _number(given.get("minCapacity")), "MaxCapacity": _number(given.get("maxCapacity"))}
    )


def _action_props(found: Mapping[str, Any]) -> Props:
    return without_none({"minCapacity": found.get("MinCapacity"), "maxCapacity": found.get("MaxCapacity")})


def _number(value: Value) -> Value:
    return int(value) if isinstance(value, str) and value.isdigit() else value
