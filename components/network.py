"""The network of one environment: a VPC of three tiers spread over availability zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi


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

    def __init__(
        self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:network:Network", name, {}, opts)
