"""Block Public Access for VPCs: a region of the account in which no internet gateway works but where admitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi
import pulumi_aws as aws

from components.cidr import Tier
from components.errors import ComponentError
from components.network import Network


class Block(StrEnum):
    """What internet gateways let through where nothing is admitted."""

    INGRESS = "block-ingress"
    BOTH_WAYS = "block-bidirectional"


@dataclass(frozen=True, kw_only=True)
class PublicAccessArgs:
    """`region` is the provider's where left out. There is one such setting per account and region."""

    block: Block = Block.BOTH_WAYS
    region: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class PublicAccess(pulumi.ComponentResource):
    """A region in which a public subnet that somebody makes by mistake is still not public."""

    component_name: str

    def __init__(self, name: str, args: PublicAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:network:PublicAccess", name, {}, opts)
        self.component_name, self._args = name, args
        aws.ec2.VpcBlockPublicAccessOptions(
            name,
            internet_gateway_block_mode=args.block.value,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})

    def admit(self, network: Network) -> None:
        """Let the public tier of `network` reach the internet and be reached, and its private tier out over IPv6."""
        _check_own(self.component_name, network)
        for letter, subnet in network.subnets[Tier.PUBLIC].items():
            self._exclude(network, f"public-{letter}", subnet, "allow-bidirectional")
        # NAT stands in the public tier; only the gateway for IPv6 works for the private subnets themselves. Where
        # only ingress is blocked, there is nothing to allow.
        if network.ipv6 and self._args.block is Block.BOTH_WAYS:
            for letter, subnet in network.subnets[Tier.PRIVATE].items():
                self._exclude(network, f"private-{letter}", subnet, "allow-egress")

    def _exclude(self, network: Network, suffix: str, subnet: pulumi.Output[str], mode: str) -> None:
        name = f"{self.component_name}-{network.component_name}-{suffix}"
        aws.ec2.VpcBlockPublicAccessExclusion(
            name,
            subnet_id=subnet,
            internet_gateway_exclusion_mode=mode,
            region=self._args.region,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )


def _check_own(where: str, network: Network) -> None:
    if network.subnets:
        return
    raise ComponentError(
        where,
        f"{network.component_name} is somebody else's, and its public subnets are not known one by one",
        expected="a network of this program",
        fix="let its owner admit it",
    )
