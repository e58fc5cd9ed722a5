from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _routes

_DESTINATIONS = {
    "cidrBlock": "DestinationCidrBlock",
    "ipv6CidrBlock": "DestinationIpv6CidrBlock",
    "destinationPrefixListId": "DestinationPrefixListId",
}
_TARGETS = {name: api for name, api in _routes.TARGETS.items() if name != "odbNetworkArn"}


class RouteTable(Binding):
    """A route table, with the routes that are written into it or made beside it."""

    token = "aws:ec2/routeTable:RouteTable"
    service = "ec2"
    operation = "create_route_table"
    replaces = frozenset({"vpcId"})
    tagging = tagging.EC2
    references: ClassVar[tuple[Reference, ...]] = (
        Reference("vpcId", "vpc"),
        Reference("propagatingVgws[]", "vpn_gateway"),
        Reference("routes[].natGatewayId", "nat_gateway"),
        Reference("routes[].gatewayId", "route_gateway"),
        Reference("routes[].transitGatewayId", "transit_gateway"),
        Reference("routes[].vpcPeeringConnectionId", "peering_connection"),
        Reference("routes[].egressOnlyGatewayId", "egress_only_gateway"),
        Reference("routes[].networkInterfaceId", "network_interface"),
        Reference("routes[].vpcEndpointId", "vpc_endpoint"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {"VpcId": new["vpcId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["RouteTable"]["RouteTableId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if "routes" not in new:
            return
        ec2 = ctx.client("ec2")
        current = {_key(route): route for route in map(_read, _routes.routes_of(ctx, identity))}
        wanted = {_key(route): route for route in new["routes"]}
        for key in current.keys() - wanted.keys():
            ec2.delete_route(RouteTableId=identity, **_routes.translated(current[key], _DESTINATIONS))
        for key, route in wanted.items():
            if key not in current:
                ec2.create_route(RouteTableId=identity, **_parameters(route))
            elif _target(current[key]) != _target(route):
                ec2.replace_route(RouteTableId=identity, **_parameters(route))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_route_tables(RouteTableIds=[identity])["RouteTables"][0]
        return {
            "arn": ctx.arn("ec2", f"route-table/{identity}"),
            "ownerId": found["OwnerId"],
            "propagatingVgws": [vgw["GatewayId"] for vgw in found.get("PropagatingVgws", ())],
            "routes": [_read(route) for route in _routes.routes_of(ctx, identity)],
            "vpcId": found["VpcId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ec2 = ctx.client("ec2")
        found = ec2.describe_route_tables(RouteTableIds=[identity])["RouteTables"][0]
        # The provider lets go of subnets that still use the table.
        for association in found.get("Associations", ()):
            if not association["Main"]:
                ec2.disassociate_route_table(AssociationId=association["RouteTableAssociationId"])
        ec2.delete_route_table(RouteTableId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        seen: set[str] = set()
        for position, route in enumerate(new.get("routes") or ()):
            if isinstance(route, Mapping):
                yield from _routes.problems(_as_route(route), f"routes[{position}]")
                yield from _twice(route, seen, f"routes[{position}]")


def _twice(route: Mapping[str, Any], seen: set[str], path: str) -> Iterator[Refusal]:
    name = next((name for name in _DESTINATIONS if isinstance(route.get(name), str) and route[name]), "")
    if name and route[name] in seen:
        text = f"The route identified by {route[name]} already exists."
        yield Refusal("RouteAlreadyExists", text, f"{path}.{name}")
    seen.add(route.get(name, ""))


def _as_route(route: Mapping[str, Any]) -> Props:
    renamed = {"cidrBlock": "destinationCidrBlock", "ipv6CidrBlock": "destinationIpv6CidrBlock"}
    return {renamed.get(name, name): value for name, value in route.items()}


def _read(route: Mapping[str, Any]) -> Props:
    names = {**_DESTINATIONS, **_TARGETS}
    return {name: route.get(api) or "" for name, api in names.items()}


def _key(route: Mapping[str, Any]) -> str:
    return next((str(route[name]) for name in _DESTINATIONS if route.get(name)), "")


def _target(route: Mapping[str, Any]) -> Params:
    return _routes.translated(dict(route), _TARGETS)


def _parameters(route: Mapping[str, Any]) -> Params:
    return {**_routes.translated(dict(route), _DESTINATIONS), **_target(route)}
