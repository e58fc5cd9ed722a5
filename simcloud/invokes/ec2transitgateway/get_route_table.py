from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_route_table(ctx: Context, args: Props) -> Props:
    """A route table of a transit gateway by id, tags or filters."""
    wanted = _one.filters({**args, "tags": None}, {"id": "transit-gateway-route-table-id"})
    listed = ctx.client("ec2").describe_transit_gateway_route_tables(Filters=wanted)[
        "TransitGatewayRouteTables"
    ]
    tags = (args.get("tags") or {}).items()
    found = _one.only(
        [item for item in listed if tags <= _one.tags(item).items()], "EC2 Transit Gateway Route Table"
    )
    identity = found["TransitGatewayRouteTableId"]
    return {
        "arn": ctx.arn("ec2", f"transit-gateway-route-table/{identity}"),
        "defaultAssociationRouteTable": found["DefaultAssociationRouteTable"],
        "defaultPropagationRouteTable": found["DefaultPropagationRouteTable"],
        "filters": args.get("filters"),
        "id": identity,
        "region": ctx.region,
        "tags": _one.tags(found),
        "transitGatewayId": found["TransitGatewayId"],
    }
