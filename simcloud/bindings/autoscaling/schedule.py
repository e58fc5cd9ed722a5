from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_SIZES = {"desiredCapacity": "DesiredCapacity", "maxSize": "MaxSize", "minSize": "MinSize"}
_TIMES = {"endTime": "EndTime", "startTime": "StartTime"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_UNCHANGED = -1


class Schedule(Binding):
    """When an Auto Scaling group takes another size. The id is the action's name."""

    token = "aws:autoscaling/schedule:Schedule"
    service = "autoscaling"
    operation = "put_scheduled_update_group_action"
    parameters = {"AutoScalingGroupName": "autoscalingGroupName"}
    replaces = frozenset({"autoscalingGroupName", "scheduledActionName"})
    references = (Reference("autoscalingGroupName", "autoscaling_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "AutoScalingGroupName": new["autoscalingGroupName"],
                "ScheduledActionName": new["scheduledActionName"],
                "Recurrence": new.get("recurrence"),
                "TimeZone": new.get("timeZone"),
                **{api: new.get(name) for name, api in _TIMES.items()},
                **{api: _size(new.get(name, 0)) for name, api in _SIZES.items()},
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["scheduledActionName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("autoscaling").put_scheduled_update_group_action(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group, name = given["autoscalingGroupName"], given["scheduledActionName"]
        listed = ctx.client("autoscaling").describe_scheduled_actions(
            AutoScalingGroupName=group, ScheduledActionNames=[name]
        )["ScheduledUpdateGroupActions"]
        if not listed:
            return None
        found = listed[0]
        return {
            "arn": found["ScheduledActionARN"],
            "autoscalingGroupName": group,
            "scheduledActionName": name,
            "recurrence": found.get("Recurrence", ""),
            "timeZone": found.get("TimeZone", ""),
            **{key: _written(found.get(api)) for key, api in _TIMES.items()},
            **{key: found.get(api, _UNCHANGED) for key, api in _SIZES.items()},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("autoscaling").delete_scheduled_action(
            AutoScalingGroupName=old["autoscalingGroupName"], ScheduledActionName=identity
        )

    def is_gone(self, error: Any) -> bool:
        return "not found" in error.response["Error"]["Message"] or super().is_gone(error)

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `group/action`."""
        group, _, action = identity.partition("/")
        return {"autoscalingGroupName": group, "scheduledActionName": action}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["scheduledActionName"])

    # AWS: API reference of PutScheduledUpdateGroupAction; from memory of AWS's documentation, not verified.
    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new.get("recurrence") is None and new.get("startTime") is None:
            yield Refusal("ValidationError", "either recurrence or startTime is needed.", "recurrence")
        recurrence = new.get("recurrence")
        if isinstance(recurrence, str) and len(recurrence.split()) != 5 and not recurrence.startswith("@"):
            yield Refusal(
                "ValidationError",
                f"Given recurrence string:{recurrence} is invalid: five fields as in crontab, without cron(…).",
                "recurrence",
            )
        for name in _TIMES:
            if isinstance(new.get(name), str) and not _TIME.fullmatch(new[name]):
                yield Refusal("ValidationError", f"{new[name]!r} must be as 2026-12-31T00:00:00Z.", name)
        low, high = (_size(new.get(name, 0)) for name in ("minSize", "maxSize"))
        if isinstance(low, int) and isinstance(high, int) and low > high:
            yield Refusal("ValidationError", "minSize is above maxSize.", "minSize")


def _size(size: Any) -> Any:
    return None if size == _UNCHANGED else size


def _written(time: Any) -> str:
    """A time in the provider's words; what moto keeps as text is text."""
    if isinstance(time, datetime):
        return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(time or "")
