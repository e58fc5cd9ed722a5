from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class RouteTable(Binding):
    """A route table of a transit gateway."""

    token = "aws:ec2transitgateway/routeTable:RouteTable"
    service = "ec2"
    operation = "create_transit_gateway_route_table"
    replaces = frozenset({"transitGatewayId"})
    tagging = tagging.EC2
    references = (Reference("transitGatewayId", "transit_gateway"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"TransitGatewayId": new["transitGatewayId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_transit_gateway_route_tables(
            TransitGatewayRouteTableIds=[identity]
        )["TransitGatewayRouteTables"]
        if not found or found[0]["State"] in ("deleted", "deleting"):
            return None
        return {
            "arn": ctx.arn("ec2", f"transit-gateway-route-table/{identity}"),
            "defaultAssociationRouteTable": found[0]["DefaultAssociationRouteTable"],
            "defaultPropagationRouteTable": found[0]["DefaultPropagationRouteTable"],
            "transitGatewayId": found[0]["TransitGatewayId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_transit_gateway_route_table(TransitGatewayRouteTableId=identity)
