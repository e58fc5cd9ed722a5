from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_instance_profile(ctx: Context, args: Props) -> Props:
    """An instance profile by its name, with its role."""
    found = ctx.client("iam").get_instance_profile(InstanceProfileName=args["name"])["InstanceProfile"]
    role = next(iter(found["Roles"]), {"Arn": "", "RoleId": "", "RoleName": ""})
    return {
        "arn": found["Arn"],
        "createDate": found["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "id": found["InstanceProfileId"],
        "name": found["InstanceProfileName"],
        "path": found["Path"],
        "roleArn": role["Arn"],
        "roleId": role["RoleId"],
        "roleName": role["RoleName"],
    }
