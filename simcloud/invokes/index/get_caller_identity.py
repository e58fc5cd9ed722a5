from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_caller_identity(ctx: Context, args: Props) -> Props:
    """Who the simulated cloud takes every caller for."""
    identity = ctx.client("sts").get_caller_identity()
    return {
        "accountId": identity["Account"],
        "arn": identity["Arn"],
        "id": identity["Account"],
        "userId": identity["UserId"],
    }
