from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.bindings.ec2 import _routes
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_FILTERS = {
    "gatewayId": "association.gateway-id",
    "routeTableId": "route-table-id",
    "subnetId": "association.subnet-id",
    "vpcId": "vpc-id",
}
_DESTINATIONS = {
    "cidrBlock": "DestinationCidrBlock",
    "destinationPrefixListId": "DestinationPrefixListId",
    "ipv6CidrBlock": "DestinationIpv6CidrBlock",
}


def get_route_table(ctx: Context, args: Props) -> Props:
    """A route table by id, subnet, tags or whatever else tells it from others."""
    wanted = _one.filters(args, _FILTERS)
    found = _one.only(
        ctx.client("ec2").describe_route_tables(Filters=wanted)["RouteTables"], "EC2 Route Table"
    )
    identity = found["RouteTableId"]
    made = [route for route in found["Routes"] if route.get("GatewayId") != "local"]
    return {
        "arn": ctx.arn("ec2", f"route-table/{identity}"),
        "associations": [_association(item) for item in found.get("Associations", ())],
        "filters": args.get("filters"),
        "gatewayId": args.get("gatewayId") or "",
        "id": identity,
        "ownerId": found["OwnerId"],
        "region": ctx.region,
        "routeTableId": identity,
        "routes": [_route(route) for route in made],
        "subnetId": args.get("subnetId") or "",
        "tags": _one.tags(found),
        "vpcId": found["VpcId"],
    }


def _association(item: Mapping[str, Any]) -> Props:
    return {
        "gatewayId": item.get("GatewayId", ""),
        "main": item["Main"],
        "routeTableAssociationId": item["RouteTableAssociationId"],
        "routeTableId": item["RouteTableId"],
        "subnetId": item.get("SubnetId", ""),
    }


def _route(route: Mapping[str, Any]) -> Props:
    targets = {name: api for name, api in _routes.TARGETS.items() if name != "odbNetworkArn"}
    return {name: route.get(api) or "" for name, api in {**_DESTINATIONS, **targets}.items()}
