from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_route_tables(ctx: Context, args: Props) -> Props:
    """The ids of all route tables that fit; none is an answer too."""
    wanted = _one.filters(args, {"vpcId": "vpc-id"})
    found = ctx.client("ec2").describe_route_tables(Filters=wanted)["RouteTables"]
    return {
        "filters": args.get("filters"),
        "id": ctx.region,
        "ids": [table["RouteTableId"] for table in found],
        "region": ctx.region,
        "tags": args.get("tags") or {},
        "vpcId": args.get("vpcId"),
    }
