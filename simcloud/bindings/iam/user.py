from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.iam import _tagging
from simcloud.context import Context
from simcloud.values import Props, without_none


class User(Binding):
    """A person or program with credentials of its own."""

    token = "aws:iam/user:User"
    service = "iam"
    operation = "create_user"
    parameters = {"UserName": "name"}
    defaults = {"path": "/", "forceDestroy": False}
    faults = {"EntityAlreadyExists": "name"}
    autoname = AutoName(limit=64)
    tagging = _tagging.USER
    references = (Reference("permissionsBoundary", "policy"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "UserName": new["name"],
                "Path": new["path"],
                "PermissionsBoundary": new.get("permissionsBoundary"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["User"]["UserName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        iam, name = ctx.client("iam"), old["name"]
        changed = {
            api: new[key]
            for key, api in (("name", "NewUserName"), ("path", "NewPath"))
            if new[key] != old[key]
        }
        if changed:
            iam.update_user(UserName=name, **changed)
        boundary = new.get("permissionsBoundary")
        if boundary and boundary != old.get("permissionsBoundary"):
            iam.put_user_permissions_boundary(UserName=new["name"], PermissionsBoundary=boundary)
        elif old.get("permissionsBoundary") and not boundary:
            iam.delete_user_permissions_boundary(UserName=new["name"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        user = ctx.client("iam").get_user(UserName=given.get("name", identity))["User"]
        return {
            "arn": user["Arn"],
            "name": user["UserName"],
            "path": user["Path"],
            "uniqueId": user["UserId"],
            "permissionsBoundary": user.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        iam, name = ctx.client("iam"), old.get("name", identity)
        for group in iam.list_groups_for_user(UserName=name)["Groups"]:
            iam.remove_user_from_group(UserName=name, GroupName=group["GroupName"])
        if old.get("forceDestroy"):
            _strip(iam, name)
        iam.delete_user(UserName=name)

    def tag_key(self, identity: str, state: Props) -> str:
        return str(state.get("name", identity))


def _strip(iam: Any, name: str) -> None:
    """Take from a user what was given to it outside the program."""
    for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    for device in iam.list_mfa_devices(UserName=name)["MFADevices"]:
        iam.deactivate_mfa_device(UserName=name, SerialNumber=device["SerialNumber"])
    try:
        iam.delete_login_profile(UserName=name)
    except iam.exceptions.NoSuchEntityException:
        return
