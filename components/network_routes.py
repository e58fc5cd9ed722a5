"""The ways out of a network's tiers: the internet gateway, NAT gateways, the S3 endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.cidr import Tier
from components.network_ground import Ground, Subnets

ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True)
class Way:
    """A route table and the routes that must stand before a subnet is of use."""

    table: aws.ec2.RouteTable
    routes: Sequence[aws.ec2.Route] = ()


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


def public_way(ground: Ground, igw: aws.ec2.InternetGateway) -> Way:
    """The public tier's way to the internet and back."""
    table = _table(ground, "public")
    return Way(table, [_default_route(ground, "public", table, gateway_id=igw.id)])


def private_ways(
    ground: Ground, letters: Sequence[str], nats: Mapping[str, aws.ec2.NatGateway]
) -> Mapping[str, Way]:
    """Each zone's way out, through its own NAT gateway, or the only one, or nowhere."""
    fallback = next(iter(nats.values()), None)
    return {letter: _private_way(ground, letter, nats.get(letter, fallback)) for letter in letters}


def database_way(ground: Ground) -> Way:
    """No way out: databases talk within the VPC only."""
    return Way(_table(ground, "database"))


def settle(
    ground: Ground, tier: Tier, subnets: Subnets, ways: Mapping[str, Way]
) -> Sequence[pulumi.Output[str]]:
    """Give each subnet its route table; the ids are known once the subnet's routes stand.

    So a load balancer does not meet a VPC without a gateway, nor a task a subnet without NAT.
    """
    return [_settle(ground, tier, letter, subnet, ways[letter]) for letter, subnet in subnets.items()]


def s3_endpoint(ground: Ground, region: str, ways: Mapping[str, Way]) -> aws.ec2.VpcEndpoint:
    """S3 without NAT, which costs nothing and carries the layers of container images."""
    return aws.ec2.VpcEndpoint(
        ground.child("s3"),
        vpc_id=ground.vpc_id,
        vpc_endpoint_type="Gateway",
        service_name=f"com.amazonaws.{region}.s3",
        route_table_ids=[way.table.id for way in ways.values()],
        tags=ground.tagged("s3"),
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


def _private_way(ground: Ground, letter: str, nat: aws.ec2.NatGateway | None) -> Way:
    table = _table(ground, f"private-{letter}")
    if nat is None:
        return Way(table)
    return Way(table, [_default_route(ground, f"private-{letter}", table, nat_gateway_id=nat.id)])


def _table(ground: Ground, suffix: str) -> aws.ec2.RouteTable:
    return aws.ec2.RouteTable(
        ground.child(suffix), vpc_id=ground.vpc_id, tags=ground.tagged(suffix), opts=ground.opts()
    )


def _default_route(
    ground: Ground,
    suffix: str,
    table: aws.ec2.RouteTable,
    gateway_id: pulumi.Input[str] | None = None,
    nat_gateway_id: pulumi.Input[str] | None = None,
) -> aws.ec2.Route:
    return aws.ec2.Route(
        ground.child(f"{suffix}-internet"),
        route_table_id=table.id,
        destination_cidr_block=ANYWHERE,
        gateway_id=gateway_id,
        nat_gateway_id=nat_gateway_id,
        opts=ground.opts(),
    )


def _settle(ground: Ground, tier: Tier, letter: str, subnet: aws.ec2.Subnet, way: Way) -> pulumi.Output[str]:
    association = aws.ec2.RouteTableAssociation(
        ground.child(f"{tier}-{letter}"),
        subnet_id=subnet.id,
        route_table_id=way.table.id,
        opts=ground.opts(depends_on=way.routes),
    )
    return pulumi.Output.all(subnet.id, association.subnet_id).apply(lambda ids: str(ids[0]))
