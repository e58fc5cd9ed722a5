from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_vpcs(ctx: Context, args: Props) -> Props:
    """The ids of all VPCs that fit; none is an answer too."""
    found = ctx.client("ec2").describe_vpcs(Filters=_one.filters(args, {}))["Vpcs"]
    return {
        "filters": args.get("filters"),
        "id": ctx.region,
        "ids": [vpc["VpcId"] for vpc in found],
        "region": ctx.region,
        "tags": args.get("tags") or {},
    }
