"""What other resources name of EC2 and VPC."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def by_id(operation: str, argument: str) -> Callable[[Context, str], Any]:
    """Look by a call that takes a list of ids."""
    return lambda ctx, value: getattr(ctx.client("ec2"), operation)(**{argument: [value]})


RESOLVERS = {
    "vpc": Resolver(
        "InvalidVpcID.NotFound",
        "The vpc ID '{value}' does not exist",
        by_id("describe_vpcs", "VpcIds"),
        given_out=True,
    ),
    "subnet": Resolver(
        "InvalidSubnetID.NotFound",
        "The subnet ID '{value}' does not exist",
        by_id("describe_subnets", "SubnetIds"),
        given_out=True,
    ),
    "security_group": Resolver(
        "InvalidGroup.NotFound",
        "The security group '{value}' does not exist",
        by_id("describe_security_groups", "GroupIds"),
        given_out=True,
    ),
    "internet_gateway": Resolver(
        "InvalidInternetGatewayID.NotFound",
        "The internetGateway ID '{value}' does not exist",
        by_id("describe_internet_gateways", "InternetGatewayIds"),
        given_out=True,
    ),
    "nat_gateway": Resolver(
        "NatGatewayNotFound",
        "The Nat Gateway {value} was not found",
        by_id("describe_nat_gateways", "NatGatewayIds"),
        given_out=True,
    ),
    "route_table": Resolver(
        "InvalidRouteTableID.NotFound",
        "The routeTable ID '{value}' does not exist",
        by_id("describe_route_tables", "RouteTableIds"),
        given_out=True,
    ),
    "eip": Resolver(
        "InvalidAllocationID.NotFound",
        "The allocation ID '{value}' does not exist",
        by_id("describe_addresses", "AllocationIds"),
        given_out=True,
    ),
    "prefix_list": Resolver(
        "InvalidPrefixListID.NotFound",
        "The prefix list ID '{value}' does not exist",
        lambda ctx, value: bool(
            ctx.client("ec2").describe_managed_prefix_lists(PrefixListIds=[value])["PrefixLists"]
        ),
        given_out=True,
    ),
    "network_acl": Resolver(
        "InvalidNetworkAclID.NotFound",
        "The networkAcl ID '{value}' does not exist",
        by_id("describe_network_acls", "NetworkAclIds"),
        given_out=True,
    ),
    "vpc_endpoint": Resolver(
        "InvalidVpcEndpointId.NotFound",
        "The Vpc Endpoint Id '{value}' does not exist",
        by_id("describe_vpc_endpoints", "VpcEndpointIds"),
        given_out=True,
    ),
}
