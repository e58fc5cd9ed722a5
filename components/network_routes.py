"""The ways out of a network's tiers: the internet gateway, NAT, the gateway endpoints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.network_ground import Ground, Subnets

ANYWHERE = "0.0.0.0/0"
ANYWHERE_IPV6 = "::/0"


@dataclass(frozen=True)
class Way:
    """A route table and the routes that must stand before a subnet is of use."""

    table: aws.ec2.RouteTable
    routes: Sequence[aws.ec2.Route] = ()


@dataclass(frozen=True)
class Exit:
    """Where a private subnet's traffic to the internet goes; exactly one of the two."""

    nat_gateway_id: pulumi.Input[str] | None = None
    network_interface_id: pulumi.Input[str] | None = None


def internet_gateway(ground: Ground) -> aws.ec2.InternetGateway:
    """The door between the VPC and the internet."""
    return aws.ec2.InternetGateway(
        ground.child("igw"), vpc_id=ground.vpc_id, tags=ground.tagged("igw"), opts=ground.opts()
    )


def nat_gateways(
    ground: Ground, public: Subnets, letters: Sequence[str], igw: aws.ec2.InternetGateway
) -> Mapping[str, aws.ec2.NatGateway]:
    """A NAT gateway with an address of its own in the public subnet of each letter."""
    return {letter: _nat_gateway(ground, f"nat-{letter}", public[letter], igw) for letter in letters}


def regional_nat_gateway(ground: Ground, igw: aws.ec2.InternetGateway) -> aws.ec2.NatGateway:
    """One NAT gateway for all zones, which AWS spreads and gives addresses by itself."""
    return aws.ec2.NatGateway(
        ground.child("nat"),
        vpc_id=ground.vpc_id,
        availability_mode="regional",
        tags=ground.tagged("nat"),
        opts=ground.opts(depends_on=[igw]),
    )


def egress_only_gateway(ground: Ground) -> aws.ec2.EgressOnlyInternetGateway:
    """The way out for IPv6, which nobody can take in."""
    return aws.ec2.EgressOnlyInternetGateway(
        ground.child("egress"), vpc_id=ground.vpc_id, tags=ground.tagged("egress"), opts=ground.opts()
    )


def public_way(ground: Ground, igw: aws.ec2.InternetGateway, *, ipv6: bool) -> Way:
    """The public tier's way to the internet and back."""
    table = _table(ground, "public")
    found = [_route(ground, "public-internet", table, destination_cidr_block=ANYWHERE, gateway_id=igw.id)]
    if ipv6:
        found.append(
            _route(
                ground,
                "public-internet-ipv6",
                table,
                destination_ipv6_cidr_block=ANYWHERE_IPV6,
                gateway_id=igw.id,
            )
        )
    return Way(table, found)


def private_ways(
    ground: Ground,
    letters: Sequence[str],
    exits: Mapping[str, Exit],
    egress_only: aws.ec2.EgressOnlyInternetGateway | None,
) -> Mapping[str, Way]:
    """Each zone's way out, through its own exit, or the only one, or nowhere."""
    fallback = next(iter(exits.values()), None)
    return {
        letter: _private_way(ground, letter, exits.get(letter, fallback), egress_only) for letter in letters
    }


def database_way(ground: Ground) -> Way:
    """No way out: databases talk within the VPC only."""
    return Way(_table(ground, "database"))


def settle(
    ground: Ground, tier: str, subnets: Subnets, ways: Mapping[str, Way]
) -> Sequence[pulumi.Output[str]]:
    """Give each subnet its route table; the ids are known once the subnet's routes stand.

    So a load balancer does not meet a VPC without a gateway, nor a task a subnet without NAT.
    """
    return [_settle(ground, tier, letter, subnet, ways[letter]) for letter, subnet in subnets.items()]


def gateway_endpoint(
    ground: Ground, service: str, region: str, ways: Mapping[str, Way]
) -> aws.ec2.VpcEndpoint:
    """S3 or DynamoDB without NAT, which costs nothing; S3 carries the layers of container images."""
    return aws.ec2.VpcEndpoint(
        ground.child(service),
        vpc_id=ground.vpc_id,
        vpc_endpoint_type="Gateway",
        service_name=f"com.amazonaws.{region}.{service}",
        route_table_ids=[way.table.id for way in ways.values()],
        tags=ground.tagged(service),
        opts=ground.opts(),
    )


def _nat_gateway(
    ground: Ground, suffix: str, subnet: aws.ec2.Subnet, igw: aws.ec2.InternetGateway
) -> aws.ec2.NatGateway:
    # AWS gives an address to a VPC, and lets a NAT gateway start, only behind an attached internet gateway.
    opts = ground.opts(depends_on=[igw])
    address = aws.ec2.Eip(ground.child(suffix), domain="vpc", tags=ground.tagged(suffix), opts=opts)
    return aws.ec2.NatGateway(
        ground.child(suffix),
        subnet_id=subnet.id,
        allocation_id=address.allocation_id,
        tags=ground.tagged(suffix),
        opts=opts,
    )


def _private_way(
    ground: Ground,
    letter: str,
    way_out: Exit | None,
    egress_only: aws.ec2.EgressOnlyInternetGateway | None,
) -> Way:
    name = f"private-{letter}"
    table = _table(ground, name)
    found = []
    if way_out is not None:
        found.append(_exit_route(ground, name, table, way_out))
    if egress_only is not None:
        found.append(
            _route(
                ground,
                f"{name}-internet-ipv6",
                table,
                destination_ipv6_cidr_block=ANYWHERE_IPV6,
                egress_only_gateway_id=egress_only.id,
            )
        )
    return Way(table, found)


def _exit_route(ground: Ground, name: str, table: aws.ec2.RouteTable, way_out: Exit) -> aws.ec2.Route:
    return _route(
        ground,
        f"{name}-internet",
        table,
        destination_cidr_block=ANYWHERE,
        nat_gateway_id=way_out.nat_gateway_id,
        network_interface_id=way_out.network_interface_id,
    )


def _table(ground: Ground, suffix: str) -> aws.ec2.RouteTable:
    return aws.ec2.RouteTable(
        ground.child(suffix), vpc_id=ground.vpc_id, tags=ground.tagged(suffix), opts=ground.opts()
    )


def _route(
    ground: Ground, suffix: str, table: aws.ec2.RouteTable, **where: pulumi.Input[str] | None
) -> aws.ec2.Route:
    return aws.ec2.Route(
        ground.child(suffix),
        args=aws.ec2.RouteArgs(route_table_id=table.id, **where),
        opts=ground.opts(),
    )


def _settle(ground: Ground, tier: str, letter: str, subnet: aws.ec2.Subnet, way: Way) -> pulumi.Output[str]:
    association = aws.ec2.RouteTableAssociation(
        ground.child(f"{tier}-{letter}"),
        subnet_id=subnet.id,
        route_table_id=way.table.id,
        opts=ground.opts(depends_on=way.routes),
    )
    return pulumi.Output.all(subnet.id, association.subnet_id).apply(lambda ids: str(ids[0]))
