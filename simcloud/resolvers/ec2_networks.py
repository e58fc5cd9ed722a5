"""What other resources name of networks of EC2: what joins them, and what stands in them."""

from __future__ import annotations

from simcloud.context import Context
from simcloud.resolver import Resolver


def _egress_only(ctx: Context, value: str) -> bool:
    found = ctx.client("ec2").describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[value])
    return bool(found["EgressOnlyInternetGateways"])


def _attachment(ctx: Context, value: str) -> bool:
    found = ctx.client("ec2").describe_transit_gateway_attachments(TransitGatewayAttachmentIds=[value])
    return bool(found["TransitGatewayAttachments"])


def _hub_table(ctx: Context, value: str) -> bool:
    found = ctx.client("ec2").describe_transit_gateway_route_tables(TransitGatewayRouteTableIds=[value])
    return any(table["State"] in ("pending", "available") for table in found["TransitGatewayRouteTables"])


RESOLVERS = {
    "egress_only_gateway": Resolver(
        "InvalidGatewayID.NotFound", "The eigw ID '{value}' does not exist", _egress_only, given_out=True
    ),
    "network_interface": Resolver(
        "InvalidNetworkInterfaceID.NotFound",
        "The networkInterface ID '{value}' does not exist",
        lambda ctx, value: ctx.client("ec2").describe_network_interfaces(NetworkInterfaceIds=[value]),
        given_out=True,
    ),
    "peering_connection": Resolver(
        "InvalidVpcPeeringConnectionID.NotFound",
        "The vpcPeeringConnection ID '{value}' does not exist",
        lambda ctx, value: ctx.client("ec2").describe_vpc_peering_connections(
            VpcPeeringConnectionIds=[value]
        ),
        given_out=True,
    ),
    "transit_gateway": Resolver(
        "InvalidTransitGatewayID.NotFound",
        "The transitGateway ID '{value}' does not exist",
        lambda ctx, value: ctx.client("ec2").describe_transit_gateways(TransitGatewayIds=[value]),
        given_out=True,
    ),
    "dhcp_options": Resolver(
        "InvalidDhcpOptionsID.NotFound",
        "The dhcpOption ID '{value}' does not exist",
        lambda ctx, value: (
            value == "default" or ctx.client("ec2").describe_dhcp_options(DhcpOptionsIds=[value])
        ),
        given_out=True,
    ),
    "transit_gateway_attachment": Resolver(
        "InvalidTransitGatewayAttachmentID.NotFound",
        "Transit Gateway Attachment {value} was deleted or does not exist.",
        _attachment,
        given_out=True,
    ),
    "transit_gateway_route_table": Resolver(
        "InvalidRouteTableID.NotFound",
        "Transit Gateway Route Table {value} was deleted or does not exist.",
        _hub_table,
        given_out=True,
    ),
}
