"""Gateways that routes lead to."""

from __future__ import annotations

from simcloud.context import Context
from simcloud.resolver import Resolver
from simcloud.resolvers.ec2 import by_id


def _gateway(ctx: Context, value: str) -> object:
    """A route's `gatewayId` names gateways of several kinds; what simcloud does not have cannot be there."""
    if value == "local":
        return True
    if value.startswith("igw-"):
        return by_id("describe_internet_gateways", "InternetGatewayIds")(ctx, value)
    return value.startswith("vgw-") and _vpn_gateway(ctx, value)


def _vpn_gateway(ctx: Context, value: str) -> bool:
    return bool(ctx.client("ec2").describe_vpn_gateways(VpnGatewayIds=[value])["VpnGateways"])


RESOLVERS = {
    "route_gateway": Resolver(
        "InvalidGatewayID.NotFound", "The gateway ID '{value}' does not exist", _gateway, given_out=True
    ),
    "vpn_gateway": Resolver(
        "InvalidVpnGatewayID.NotFound",
        "The vpnGateway ID '{value}' does not exist",
        _vpn_gateway,
        given_out=True,
    ),
}
