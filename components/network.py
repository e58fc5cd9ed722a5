"""The network of one environment: a VPC of three tiers spread over availability zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi
import pulumi_aws as aws

from components import network_routes as routes
from components.cidr import Slot, Tier, plan
from components.errors import ComponentError
from components.flow_log import record_traffic
from components.network_acl import database_acl
from components.network_ground import Ground, Subnets


class Nat(StrEnum):
    """How private subnets reach the internet."""

    NONE = "none"
    SINGLE = "single"
    PER_AZ = "per_az"


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """Subnet CIDRs are dictated per tier, in the order of the zones, or computed where left out.

    `availability_zones` pins the zones; without it the region's first `az_count` are taken.
    """

    cidr_block: str
    az_count: int = 3
    availability_zones: Sequence[str] | None = None
    public_cidrs: Sequence[str] | None = None
    private_cidrs: Sequence[str] | None = None
    database_cidrs: Sequence[str] | None = None
    nat: Nat = Nat.PER_AZ
    flow_log_retention_days: int = 30
    kms_key_arn: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Network(pulumi.ComponentResource):
    """A VPC in which nothing is reachable from the world until a component says so."""

    component_name: str
    vpc_id: pulumi.Output[str]
    cidr_block: str
    availability_zones: Sequence[str]
    public_subnet_ids: pulumi.Output[Sequence[str]]
    private_subnet_ids: pulumi.Output[Sequence[str]]
    database_subnet_ids: pulumi.Output[Sequence[str]]
    private_route_table_ids: pulumi.Output[Sequence[str]]
    nat_public_ips: pulumi.Output[Sequence[str]]

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:network:Network", name, {}, opts)
        self.component_name, self.cidr_block = name, args.cidr_block
        self.availability_zones = _zones(self, name, args)
        slots = plan(
            name, args.cidr_block, [_letter(zone) for zone in self.availability_zones], _dictated(args)
        )
        vpc = self._vpc(args)
        self.vpc_id = vpc.id
        ground = Ground(self, name, vpc.id, args.tags)
        self._close_default_security_group(ground)
        subnets = {tier: self._subnets(ground, tier, slots) for tier in Tier}
        self._route(ground, args.nat, subnets)
        database_acl(ground, subnets[Tier.DATABASE], slots)
        record_traffic(
            self,
            name,
            vpc_id=vpc.id,
            retention_days=args.flow_log_retention_days,
            kms_key_arn=args.kms_key_arn,
            tags=args.tags,
        )
        self._register()

    def _vpc(self, args: NetworkArgs) -> aws.ec2.Vpc:
        return aws.ec2.Vpc(
            self.component_name,
            cidr_block=args.cidr_block,
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags={**args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _close_default_security_group(self, ground: Ground) -> None:
        # Without rules of its own here, AWS's default group lets all its members talk to each other and the world.
        aws.ec2.DefaultSecurityGroup(
            ground.child("default"),
            vpc_id=ground.vpc_id,
            ingress=[],
            egress=[],
            tags=ground.tagged("default"),
            opts=ground.opts(),
        )

    def _subnets(self, ground: Ground, tier: Tier, slots: Sequence[Slot]) -> Subnets:
        zones = {_letter(zone): zone for zone in self.availability_zones}
        return {
            slot.letter: aws.ec2.Subnet(
                ground.child(f"{tier}-{slot.letter}"),
                vpc_id=ground.vpc_id,
                cidr_block=slot.cidr,
                availability_zone=zones[slot.letter],
                map_public_ip_on_launch=False,
                tags=ground.tagged(f"{tier}-{slot.letter}", **{"plinth:tier": tier.value}),
                opts=ground.opts(),
            )
            for slot in slots
            if slot.tier is tier
        }

    def _route(self, ground: Ground, nat: Nat, subnets: Mapping[Tier, Subnets]) -> None:
        letters = [_letter(zone) for zone in self.availability_zones]
        igw = routes.internet_gateway(ground)
        nats = routes.nat_gateways(ground, subnets[Tier.PUBLIC], _nat_letters(nat, letters), igw)
        public = dict.fromkeys(letters, routes.public_way(ground, igw))
        private = routes.private_ways(ground, letters, nats)
        database = dict.fromkeys(letters, routes.database_way(ground))
        routes.s3_endpoint(ground, self.availability_zones[0][:-1], private)
        self.public_subnet_ids = _list(routes.settle(ground, Tier.PUBLIC, subnets[Tier.PUBLIC], public))
        self.private_subnet_ids = _list(routes.settle(ground, Tier.PRIVATE, subnets[Tier.PRIVATE], private))
        self.database_subnet_ids = _list(
            routes.settle(ground, Tier.DATABASE, subnets[Tier.DATABASE], database)
        )
        self.private_route_table_ids = _list([way.table.id for way in private.values()])
        self.nat_public_ips = _list([gateway.public_ip for gateway in nats.values()])

    def _register(self) -> None:
        self.register_outputs(
            {
                "vpc_id": self.vpc_id,
                "cidr_block": self.cidr_block,
                "availability_zones": self.availability_zones,
                "public_subnet_ids": self.public_subnet_ids,
                "private_subnet_ids": self.private_subnet_ids,
                "database_subnet_ids": self.database_subnet_ids,
                "private_route_table_ids": self.private_route_table_ids,
                "nat_public_ips": self.nat_public_ips,
            }
        )


def _zones(parent: pulumi.Resource, where: str, args: NetworkArgs) -> Sequence[str]:
    if args.availability_zones is not None:
        return _pinned(where, args)
    # Local and Wavelength zones must be opted in to, and have no room for a load balancer or a database.
    found = aws.get_availability_zones(
        state="available",
        filters=[aws.GetAvailabilityZonesFilterArgs(name="opt-in-status", values=["opt-in-not-required"])],
        opts=pulumi.InvokeOptions(parent=parent),
    ).names
    if args.az_count <= len(found):
        return sorted(found)[: args.az_count]
    raise ComponentError(
        where,
        f"{args.az_count} availability zones are asked for, and the region has {len(found)}: {', '.join(found)}",
        expected=f"at most {len(found)}",
        fix="lower the number of zones or choose another region",
    )


def _pinned(where: str, args: NetworkArgs) -> Sequence[str]:
    zones = list(args.availability_zones or ())
    if len(zones) == args.az_count and len(set(zones)) == len(zones):
        return zones
    raise ComponentError(
        where,
        f"availability zones {', '.join(zones) or 'none'} are pinned, and the number of zones is {args.az_count}",
        expected="as many different zones as the number says",
        fix="make the two agree",
    )


def _letter(zone: str) -> str:
    return zone[-1]


def _dictated(args: NetworkArgs) -> Mapping[Tier, Sequence[str] | None]:
    return {
        Tier.PUBLIC: args.public_cidrs,
        Tier.PRIVATE: args.private_cidrs,
        Tier.DATABASE: args.database_cidrs,
    }


def _nat_letters(nat: Nat, letters: Sequence[str]) -> Sequence[str]:
    return {Nat.NONE: [], Nat.SINGLE: letters[:1], Nat.PER_AZ: letters}[nat]


def _list(ids: Sequence[pulumi.Output[str]]) -> pulumi.Output[Sequence[str]]:
    return pulumi.Output.all(*ids).apply(lambda values: [str(value) for value in values])
