from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_subnets(ctx: Context, args: Props) -> Props:
    """The ids of all subnets that fit; none is an answer too."""
    found = ctx.client("ec2").describe_subnets(Filters=_one.filters(args, {}))["Subnets"]
    return {
        "filters": args.get("filters"),
        "id": ctx.region,
        "ids": [subnet["SubnetId"] for subnet in found],
        "region": ctx.region,
        "tags": args.get("tags") or {},
    }
