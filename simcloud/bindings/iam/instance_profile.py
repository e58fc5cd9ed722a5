from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class InstanceProfile(Binding):
    """What gives a role to EC2 instances."""

    token = "aws:iam/instanceProfile:InstanceProfile"
    service = "iam"
    faults = {"EntityAlreadyExists": "name"}
    operation = "create_instance_profile"
    parameters = {"InstanceProfileName": "name"}
    replaces = frozenset({"name", "namePrefix", "path"})
    defaults = {"path": "/"}
    autoname = AutoName(limit=128)
    tagging = tagging.INSTANCE_PROFILE
    references = (Reference("role", "role"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"InstanceProfileName": new["name"], "Path": new["path"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["InstanceProfile"]["InstanceProfileName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if new.get("role") == old.get("role"):
            return
        iam = ctx.client("iam")
        _drop_roles(iam, identity)
        if new.get("role"):
            iam.add_role_to_instance_profile(InstanceProfileName=identity, RoleName=new["role"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        profile = ctx.client("iam").get_instance_profile(InstanceProfileName=identity)["InstanceProfile"]
        roles = [role["RoleName"] for role in profile["Roles"]]
        return {
            "arn": profile["Arn"],
            "uniqueId": profile["InstanceProfileId"],
            "createDate": profile["CreateDate"].isoformat(),
            "name": profile["InstanceProfileName"],
            "namePrefix": given.get("namePrefix", ""),
            "path": profile["Path"],
            "role": roles[0] if roles else None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        iam = ctx.client("iam")
        _drop_roles(iam, identity)
        iam.delete_instance_profile(InstanceProfileName=identity)


def _drop_roles(iam: Any, name: str) -> None:
    for role in iam.get_instance_profile(InstanceProfileName=name)["InstanceProfile"]["Roles"]:
        iam.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=role["RoleName"])
