from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.values import Props


class Group(Binding):
    """Users who share policies."""

    token = "aws:iam/group:Group"
    service = "iam"
    operation = "create_group"
    parameters = {"GroupName": "name"}
    defaults = {"path": "/"}
    faults = {"EntityAlreadyExists": "name"}
    autoname = AutoName(limit=128)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"GroupName": new["name"], "Path": new["path"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Group"]["GroupName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            changed = {
                api: new[key]
                for key, api in (("name", "NewGroupName"), ("path", "NewPath"))
                if new[key] != old[key]
            }
            ctx.client("iam").update_group(GroupName=old["name"], **changed)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group = ctx.client("iam").get_group(GroupName=given.get("name", identity))["Group"]
        return {
            "arn": group["Arn"],
            "name": group["GroupName"],
            "path": group["Path"],
            "uniqueId": group["GroupId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("iam").delete_group(GroupName=old.get("name", identity))
