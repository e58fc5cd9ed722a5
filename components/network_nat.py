"""The NAT of a network by its mode, as exits for the private subnets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import network_routes as routes
from components.nat_instance import nat_instance
from components.network_args import Nat, NetworkArgs
from components.network_ground import Ground, Subnets


@dataclass(frozen=True)
class Exits:
    """Exits by the letter of their zone (of a single one, by any), and the addresses that the world sees."""

    by_letter: Mapping[str, routes.Exit] = field(default_factory=dict)
    public_ips: pulumi.Output[Sequence[str]] = field(default_factory=lambda: _list([]))


def make_exits(
    ground: Ground, args: NetworkArgs, public: Subnets, ranges: Sequence[str], igw: aws.ec2.InternetGateway
) -> Exits:
    """What `args.nat` says; `ranges` are the addresses that a NAT instance works for."""
    match args.nat:
        case Nat.NONE:
            return Exits()
        case Nat.SINGLE:
            return _gateways(ground, public, list(public)[:1], igw)
        case Nat.PER_AZ:
            return _gateways(ground, public, list(public), igw)
        case Nat.REGIONAL:
            return _regional(ground, igw)
        case Nat.INSTANCE:
            return _instance(ground, args, public, ranges, igw)


def _gateways(ground: Ground, public: Subnets, letters: Sequence[str], igw: aws.ec2.InternetGateway) -> Exits:
    gateways = routes.nat_gateways(ground, public, letters, igw)
    exits = {letter: routes.Exit(nat_gateway_id=gateway.id) for letter, gateway in gateways.items()}
    return Exits(exits, _list([gateway.public_ip for gateway in gateways.values()]))


def _regional(ground: Ground, igw: aws.ec2.InternetGateway) -> Exits:
    gateway = routes.regional_nat_gateway(ground, igw)
    addresses = gateway.regional_nat_gateway_addresses.apply(
        lambda found: [str(address.public_ip) for address in found]
    )
    return Exits({"": routes.Exit(nat_gateway_id=gateway.id)}, addresses)


def _instance(
    ground: Ground, args: NetworkArgs, public: Subnets, ranges: Sequence[str], igw: aws.ec2.InternetGateway
) -> Exits:
    subnet = next(iter(public.values()))
    instance, address = nat_instance(ground, args.nat_instance, subnet, ranges, igw)
    found = routes.Exit(network_interface_id=instance.primary_network_interface_id)
    return Exits({"": found}, _list([address.public_ip]))


def _list(ids: Sequence[pulumi.Output[str]]) -> pulumi.Output[Sequence[str]]:
    return pulumi.Output.all(*ids).apply(lambda values: [str(value) for value in values])
