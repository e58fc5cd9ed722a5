from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props

_USER = {"arn": "Arn", "path": "Path", "userId": "UserId", "userName": "UserName"}


def get_group(ctx: Context, args: Props) -> Props:
    """A group by name, with its users."""
    answer = ctx.client("iam").get_group(GroupName=args["groupName"])
    found = answer["Group"]
    return {
        "arn": found["Arn"],
        "groupId": found["GroupId"],
        "groupName": found["GroupName"],
        "id": found["GroupId"],
        "path": found["Path"],
        "users": [{name: user[api] for name, api in _USER.items()} for user in answer["Users"]],
    }
