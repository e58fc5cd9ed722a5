from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_internet_gateway(ctx: Context, args: Props) -> Props:
    """An internet gateway by id, by tags, or by the VPC it is attached to."""
    wanted = _one.filters(args, {"internetGatewayId": "internet-gateway-id"})
    listed = ctx.client("ec2").describe_internet_gateways(Filters=wanted)["InternetGateways"]
    found = _one.only(listed, "EC2 Internet Gateway")
    identity = found["InternetGatewayId"]
    return {
        "arn": ctx.arn("ec2", f"internet-gateway/{identity}"),
        "attachments": [
            {"state": item["State"], "vpcId": item["VpcId"]} for item in found.get("Attachments", ())
        ],
        "filters": args.get("filters"),
        "id": identity,
        "internetGatewayId": identity,
        "ownerId": found["OwnerId"],
        "region": ctx.region,
        "tags": _one.tags(found),
    }
