from __future__ import annotations

from simcloud.bindings.ec2transitgateway.transit_gateway import SWITCHES
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_transit_gateway(ctx: Context, args: Props) -> Props:
    """A transit gateway by id, tags or filters."""
    wanted = _one.filters({**args, "tags": None}, {"id": "transit-gateway-id"})
    listed = ctx.client("ec2").describe_transit_gateways(Filters=wanted)["TransitGateways"]
    tags = (args.get("tags") or {}).items()
    found = _one.only([item for item in listed if tags <= _one.tags(item).items()], "EC2 Transit Gateway")
    options = found["Options"]
    return {
        **{name: options.get(api, "disable") for name, api in SWITCHES.items()},
        "amazonSideAsn": options["AmazonSideAsn"],
        "arn": found["TransitGatewayArn"],
        "associationDefaultRouteTableId": options.get("AssociationDefaultRouteTableId", ""),
        "description": found.get("Description") or "",
        "encryptionSupport": "disable",
        "filters": args.get("filters"),
        "id": found["TransitGatewayId"],
        "ownerId": found["OwnerId"],
        "propagationDefaultRouteTableId": options.get("PropagationDefaultRouteTableId", ""),
        "region": ctx.region,
        "tags": _one.tags(found),
        "transitGatewayCidrBlocks": options.get("TransitGatewayCidrBlocks") or [],
    }
