from __future__ import annotations

from simcloud.bindings.ec2transitgateway.vpc_attachment import OPTIONS
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_FILTERS = {"id": "transit-gateway-attachment-id"}


def get_vpc_attachment(ctx: Context, args: Props) -> Props:
    """The attachment of a VPC by id, tags or filters."""
    wanted = _one.filters({**args, "tags": None}, _FILTERS)
    listed = ctx.client("ec2").describe_transit_gateway_vpc_attachments(Filters=wanted)[
        "TransitGatewayVpcAttachments"
    ]
    tags = (args.get("tags") or {}).items()
    found = _one.only(
        [item for item in listed if tags <= _one.tags(item).items()], "EC2 Transit Gateway VPC Attachment"
    )
    identity = found["TransitGatewayAttachmentId"]
    return {
        **{name: found["Options"].get(api, "") for name, api in OPTIONS.items()},
        "arn": ctx.arn("ec2", f"transit-gateway-attachment/{identity}"),
        "filters": args.get("filters"),
        "id": identity,
        "region": ctx.region,
        "subnetIds": found["SubnetIds"],
        "tags": _one.tags(found),
        "transitGatewayId": found["TransitGatewayId"],
        "vpcId": found["VpcId"],
        "vpcOwnerId": found["VpcOwnerId"],
    }
