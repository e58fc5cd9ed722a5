from __future__ import annotations

from simcloud.bindings.iam import _tagging
from simcloud.context import Context
from simcloud.values import Props


def get_user(ctx: Context, args: Props) -> Props:
    """A user by name."""
    found = ctx.client("iam").get_user(UserName=args["userName"])["User"]
    return {
        "arn": found["Arn"],
        "id": found["UserId"],
        "path": found["Path"],
        "permissionsBoundary": found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""),
        "tags": _tagging.USER.current(ctx, found["UserName"]),
        "userId": found["UserId"],
        "userName": found["UserName"],
    }
