from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_nat_gateways(ctx: Context, args: Props) -> Props:
    """The ids of all NAT gateways that fit; none is an answer too."""
    wanted = _one.filters({**args, "tags": None}, {"vpcId": "vpc-id"})
    found = ctx.client("ec2").describe_nat_gateways(Filters=wanted)["NatGateways"]
    tags = (args.get("tags") or {}).items()
    return {
        "filters": args.get("filters"),
        "id": ctx.region,
        "ids": [item["NatGatewayId"] for item in found if tags <= _one.tags(item).items()],
        "region": ctx.region,
        "tags": args.get("tags") or {},
        "vpcId": args.get("vpcId"),
    }
