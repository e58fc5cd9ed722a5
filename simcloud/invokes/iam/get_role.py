from __future__ import annotations

import json

from simcloud import tagging
from simcloud.context import Context
from simcloud.values import Props


def get_role(ctx: Context, args: Props) -> Props:
    """A role by name."""
    found = ctx.client("iam").get_role(RoleName=args["name"])["Role"]
    return {
        "arn": found["Arn"],
        "assumeRolePolicy": json.dumps(found["AssumeRolePolicyDocument"]),
        "createDate": found["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "description": found.get("Description") or "",
        "id": found["RoleName"],
        "maxSessionDuration": found["MaxSessionDuration"],
        "name": found["RoleName"],
        "path": found["Path"],
        "permissionsBoundary": found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""),
        "roleLastUseds": [],
        "tags": tagging.ROLE.current(ctx, found["RoleName"]),
        "uniqueId": found["RoleId"],
    }
