"""The network of one environment: a VPC of three tiers, or more, spread over availability zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from components import network_checks
from components import network_routes as routes
from components.cidr import ExtraTier, Slot, Tier, plan, tier_name
from components.cidr_ipv6 import ipv6_subnet
from components.declared import declared_by
from components.endpoint_names import GATEWAYS, interfaces
from components.endpoints import Endpoints, EndpointsArgs
from components.errors import ComponentError
from components.flow_log import record_traffic
from components.network_acl import database_acl, tier_acl
from components.network_args import ExistingNetwork, Nat, NatInstance, NetworkArgs, Walls
from components.network_ground import Ground, Subnets
from components.network_layout import dictated, layout_of, ranges_of, tiers_of, with_exit
from components.network_nat import Exits, make_exits
from components.network_walls import walls
from components.network_zones import letter, zones_of
from components.relations import Peer

__all__ = ["ExistingNetwork", "ExtraTier", "Nat", "NatInstance", "Network", "NetworkArgs", "Walls"]


class Network(pulumi.ComponentResource):
    """A VPC in which nothing is reachable from the world until a component says so."""

    component_name: str
    vpc_id: pulumi.Output[str]
    cidr_block: str
    ipv6: bool
    availability_zones: Sequence[str]
    public_subnet_ids: pulumi.Output[Sequence[str]]
    private_subnet_ids: pulumi.Output[Sequence[str]]
    database_subnet_ids: pulumi.Output[Sequence[str]]
    subnets: Mapping[str, Mapping[str, pulumi.Output[str]]]
    extra_subnet_ids: Mapping[str, pulumi.Output[Sequence[str]]]
    private_route_table_ids: pulumi.Output[Sequence[str]]
    nat_public_ips: pulumi.Output[Sequence[str]]

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        network_checks.check(name, args)
        super().__init__("plinth:network:Network", name, {}, opts)
        self.component_name, self.cidr_block, self._args = name, args.cidr_block, args
        self.ipv6 = args.ipv6
        self.availability_zones = zones_of(self, name, args)
        self._endpoints: Endpoints | None = None
        if args.existing is not None:
            self._take_over(args.existing)
        else:
            self._make(args)
        self._register()

    @property
    def endpoints(self) -> Endpoints:
        """The interface endpoints, to be opened with `allow_from`; ComponentError where there are none."""
        if self._endpoints is not None:
            return self._endpoints
        raise ComponentError(
            self.component_name,
            "this network has no interface endpoints",
            expected="names such as ecr.api in `endpoints`",
            fix="add the services that are to be reached without the internet",
        )

    def wall_in(
        self,
        *,
        public: Sequence[Peer] = (),
        private: Sequence[Peer] = (),
        database: Sequence[Peer] = (),
        extra: Mapping[str, Sequence[Peer]] | None = None,
    ) -> None:
        """Put an ACL around each tier that admits what its components declared, and nothing else.

        Call it once, after the last relation, with every component that has one; needs `walls=relations`.
        """
        self._check_walls()
        peers = {Tier.PUBLIC: public, Tier.PRIVATE: private, Tier.DATABASE: database, **(extra or {})}
        if self._endpoints is not None:
            peers[Tier.PRIVATE] = [*private, self._endpoints]
        layout = layout_of(self.component_name, self._args, self._slots, peers)
        declared = declared_by(peer for tier in peers.values() for peer in tier)
        for tier, wall in walls(self.component_name, layout, declared).items():
            tier_acl(self._ground, tier, self._subnets[tier], wall)

    def _make(self, args: NetworkArgs) -> None:
        letters = [letter(zone) for zone in self.availability_zones]
        self._slots = plan(self.component_name, args.cidr_block, letters, dictated(args), tiers_of(args))
        vpc = self._vpc(args)
        self.vpc_id = vpc.id
        self._ground = Ground(self, self.component_name, vpc.id, args.tags)
        self._close_default_security_group(self._ground)
        self._subnets = {tier_name(tier): self._subnets_of(vpc, tier) for tier in tiers_of(args)}
        private = self._route(self._ground, letters)
        self._open_endpoints(private)
        if args.walls is Walls.DATABASE:
            database_acl(self._ground, self._subnets[Tier.DATABASE], self._slots)
        self._record_traffic(args)

    def _vpc(self, args: NetworkArgs) -> aws.ec2.Vpc:
        return aws.ec2.Vpc(
            self.component_name,
            cidr_block=args.cidr_block,
            assign_generated_ipv6_cidr_block=True if args.ipv6 else None,
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

    def _subnets_of(self, vpc: aws.ec2.Vpc, tier: Tier | ExtraTier) -> Subnets:
        return {
            slot.letter: self._subnet(vpc, tier, slot) for slot in self._slots if slot.tier == tier_name(tier)
        }

    def _subnet(self, vpc: aws.ec2.Vpc, tier: Tier | ExtraTier, slot: Slot) -> aws.ec2.Subnet:
        zones = {letter(zone): zone for zone in self.availability_zones}
        place = tier.place if isinstance(tier, ExtraTier) else None
        name = f"{slot.tier}-{slot.letter}"
        ipv6 = None
        if self._args.ipv6:
            ipv6 = vpc.ipv6_cidr_block.apply(
                lambda block: ipv6_subnet(block, slot.tier, slot.letter, place) if block else block
            )
        return aws.ec2.Subnet(
            self._ground.child(name),
            vpc_id=self._ground.vpc_id,
            cidr_block=slot.cidr,
            ipv6_cidr_block=ipv6,
            assign_ipv6_address_on_creation=True if self._args.ipv6 else None,
            availability_zone=zones[slot.letter],
            map_public_ip_on_launch=False,
            tags=self._ground.tagged(name, **{"plinth:tier": str(slot.tier)}),
            opts=self._ground.opts(),
        )

    def _route(self, ground: Ground, letters: Sequence[str]) -> Mapping[str, routes.Way]:
        igw = routes.internet_gateway(ground)
        ranges = ranges_of(ground.name, self._args, self._slots)
        served = [cidr for tier in with_exit(self._args) for cidr in ranges[tier]]
        exits = make_exits(ground, self._args, self._subnets[Tier.PUBLIC], served, igw)
        public = dict.fromkeys(letters, routes.public_way(ground, igw, ipv6=self._args.ipv6))
        egress_only = routes.egress_only_gateway(ground) if self._args.ipv6 else None
        private = routes.private_ways(ground, letters, exits.by_letter, egress_only)
        database = dict.fromkeys(letters, routes.database_way(ground))
        self._settle(ground, public, private, database)
        self._publish(private, exits)
        return private

    def _settle(
        self,
        ground: Ground,
        public: Mapping[str, routes.Way],
        private: Mapping[str, routes.Way],
        database: Mapping[str, routes.Way],
    ) -> None:
        """Every tier gets its route tables; its ids are known when its way out stands."""
        extra = {tier.name: private if tier.internet else database for tier in self._args.extra_tiers}
        ways: Mapping[str, Mapping[str, routes.Way]] = {
            Tier.PUBLIC: public,
            Tier.PRIVATE: private,
            Tier.DATABASE: database,
            **extra,
        }
        ids = {
            tier: _list(routes.settle(ground, tier, self._subnets[tier], way)) for tier, way in ways.items()
        }
        self.public_subnet_ids, self.private_subnet_ids = ids[Tier.PUBLIC], ids[Tier.PRIVATE]
        self.database_subnet_ids = ids[Tier.DATABASE]
        # By tier and letter of the zone, for whoever needs them one by one; known before their ways out stand.
        self.subnets = {
            tier: {zone: subnet.id for zone, subnet in subnets.items()}
            for tier, subnets in self._subnets.items()
        }
        self.extra_subnet_ids = {tier.name: ids[tier.name] for tier in self._args.extra_tiers}

    def _publish(self, private: Mapping[str, routes.Way], exits: Exits) -> None:
        self.private_route_table_ids = _list([way.table.id for way in private.values()])
        self.nat_public_ips = exits.public_ips

    def _open_endpoints(self, private: Mapping[str, routes.Way]) -> None:
        args, region = self._args, self.availability_zones[0][:-1]
        gateways = {
            service: routes.gateway_endpoint(self._ground, service, region, private)
            for service in GATEWAYS
            if service == "s3" or service in args.endpoints
        }
        if not interfaces(args.endpoints):
            return
        endpoints = EndpointsArgs(
            vpc_id=self.vpc_id,
            subnet_ids=[subnet.id for subnet in self._subnets[Tier.PRIVATE].values()],
            region=region,
            names=interfaces(args.endpoints),
            prefix_lists={service: gateway.prefix_list_id for service, gateway in gateways.items()},
            tags=args.tags,
        )
        opts = pulumi.ResourceOptions(parent=self)
        self._endpoints = Endpoints(f"{self.component_name}-endpoints", endpoints, opts)

    def _record_traffic(self, args: NetworkArgs) -> None:
        record_traffic(
            self,
            self.component_name,
            vpc_id=self.vpc_id,
            retention_days=args.flow_log_retention_days,
            kms_key_arn=args.kms_key_arn,
            tags=args.tags,
        )

    def _take_over(self, existing: ExistingNetwork) -> None:
        self.vpc_id = pulumi.Output.from_input(existing.vpc_id)
        self.public_subnet_ids = pulumi.Output.from_input(existing.public_subnet_ids)
        self.private_subnet_ids = pulumi.Output.from_input(existing.private_subnet_ids)
        self.database_subnet_ids = pulumi.Output.from_input(existing.database_subnet_ids)
        self.subnets, self.extra_subnet_ids = {}, {}
        self.private_route_table_ids = pulumi.Output.from_input(existing.private_route_table_ids)
        self.nat_public_ips = _list([])

    def _check_walls(self) -> None:
        if self._args.walls is Walls.RELATIONS:
            return
        raise ComponentError(
            self.component_name,
            "walls are asked for around tiers that have others, or somebody else's",
            expected="a network of its own with walls=relations",
            fix="set `walls` to relations and leave `existing` out, or do not call `wall_in`",
        )

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


def _list(ids: Sequence[pulumi.Output[str]]) -> pulumi.Output[Sequence[str]]:
    return pulumi.Output.all(*ids).apply(lambda values: [str(value) for value in values])
