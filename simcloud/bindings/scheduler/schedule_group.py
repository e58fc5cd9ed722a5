from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.scheduler import _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ScheduleGroup(Binding):
    """A group of schedules; deleting it deletes them."""

    token = "aws:scheduler/scheduleGroup:ScheduleGroup"
    service = "scheduler"
    operation = "create_schedule_group"
    replaces = frozenset({"name", "namePrefix"})
    autoname = AutoName(limit=64)
    tagging = _tagging.GROUP

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Name": new["name"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group = ctx.client("scheduler").get_schedule_group(Name=identity)
        return {
            "arn": group["Arn"],
            "name": group["Name"],
            "namePrefix": given.get("namePrefix", ""),
            "state": group["State"],
            "creationDate": group["CreationDate"].isoformat(),
            "lastModificationDate": group["LastModificationDate"].isoformat(),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("scheduler").delete_schedule_group(Name=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # From memory of AWS's documentation, not verified.
        if new["name"] == "default":
            yield Refusal(
                "ConflictException", "Schedule group default already exists: every region has it.", "name"
            )
