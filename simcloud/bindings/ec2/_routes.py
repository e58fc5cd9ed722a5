"""Routes in the provider's words and the API's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from ._cidr import cidr_problems

DESTINATIONS = {
    "destinationCidrBlock": "DestinationCidrBlock",
    "destinationIpv6CidrBlock": "DestinationIpv6CidrBlock",
    "destinationPrefixListId": "DestinationPrefixListId",
}
TARGETS = {
    "carrierGatewayId": "CarrierGatewayId",
    "coreNetworkArn": "CoreNetworkArn",
    "egressOnlyGatewayId": "EgressOnlyInternetGatewayId",
    "gatewayId": "GatewayId",
    "localGatewayId": "LocalGatewayId",
    "natGatewayId": "NatGatewayId",
    "networkInterfaceId": "NetworkInterfaceId",
    "odbNetworkArn": "OdbNetworkArn",
    "transitGatewayId": "TransitGatewayId",
    "vpcEndpointId": "VpcEndpointId",
    "vpcPeeringConnectionId": "VpcPeeringConnectionId",
}


def translated(route: Props, names: Mapping[str, str]) -> Params:
    """The given ones of `names` as API parameters."""
    return without_none({api: route.get(name) or None for name, api in names.items()})


def destination(route: Props) -> str:
    """Where a route leads to: a range or a prefix list."""
    return str(next((route[name] for name in DESTINATIONS if route.get(name)), ""))


def route_id(table: str, route: Props) -> str:
    """The provider's id of a route, which is no id of AWS's."""
    return f"r-{table}{crc32(destination(route).encode())}"


def routes_of(ctx: Context, table: str) -> list[dict[str, Any]]:
    """The routes that someone made: neither local ones nor those of gateway endpoints."""
    found = ctx.client("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return [route for route in found if _is_made(route)]


def find(ctx: Context, table: str, wanted: Props) -> dict[str, Any] | None:
    """The route of a table that leads where `wanted` leads."""
    key = destination(wanted)
    return next((route for route in routes_of(ctx, table) if key in route_destinations(route)), None)


def taken(ctx: Context, table: str) -> set[str]:
    """Where the routes of a table lead, the local ones included: no other route can have the same destination."""
    found = ctx.client("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return {key for route in found for key in route_destinations(route)}


def route_destinations(route: Mapping[str, Any]) -> set[str]:
    """The destination of an API route, as a set of one."""
    return {str(route[api]) for api in DESTINATIONS.values() if route.get(api)}


def problems(route: Props, path: str = "") -> Iterator[Refusal]:
    """What is wrong with one route's destination and target."""
    prefix = f"{path}." if path else ""
    given = [name for name in DESTINATIONS if route.get(name) is not None]
    if len(given) != 1:
        yield Refusal(
            "InvalidParameterCombination",
            f"exactly one of {', '.join(DESTINATIONS)} is needed.",
            f"{prefix}{given[1]}" if given else path,
        )
    targets = [name for name in TARGETS if route.get(name) is not None]
    if len(targets) != 1:
        yield Refusal(
            "InvalidParameterCombination",
            f"exactly one of {', '.join(TARGETS)} is needed.",
            f"{prefix}{targets[1]}" if targets else path,
        )
    yield from cidr_problems(route.get("destinationCidrBlock"), f"{prefix}destinationCidrBlock")
    yield from cidr_problems(route.get("destinationIpv6CidrBlock"), f"{prefix}destinationIpv6CidrBlock", 6)


def _is_made(route: Mapping[str, Any]) -> bool:
    gateway = str(route.get("GatewayId", ""))
    return gateway != "local" and not gateway.startswith("vpce-")
