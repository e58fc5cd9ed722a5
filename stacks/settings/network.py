from collections.abc import Mapping
from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import Cidr, EndpointName, Slug
from stacks.settings.section import Section


class Network(Section):
    """One VPC in three tiers over the availability zones: public, private (tasks), database."""

    cidr_block: Cidr = setting("Address range of the VPC", example="10.0.0.0/16")
    az_count: int = setting(
        "Availability zones that every tier spans", example=3, unit="zones", ge=2, le=3, default=3
    )
    public_cidrs: tuple[Cidr, ...] | None = setting(
        "Dictated ranges of the public tier, one per zone; computed from cidr_block when left out",
        example=["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
        default=None,
    )
    private_cidrs: tuple[Cidr, ...] | None = setting(
        "Dictated ranges of the private tier, one per zone; computed from cidr_block when left out",
        example=["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"],
        default=None,
    )
    database_cidrs: tuple[Cidr, ...] | None = setting(
        "Dictated ranges of the database tier, one per zone; computed from cidr_block when left out",
        example=["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"],
        default=None,
    )
    nat: Literal["none", "instance", "single", "per_az", "regional"] = setting(
        "The way out for private tasks: none (endpoints only), one small virtual machine, one gateway, one gateway "
        "per zone, or one regional gateway",
        example="per_az",
    )
    endpoints: tuple[EndpointName, ...] = setting(
        "AWS services that private tasks reach without the internet, as their endpoints are called",
        example=["ecr.api", "ecr.dkr", "logs", "secretsmanager"],
        default=(),
    )
    ipv6: bool = setting("Whether every subnet has IPv6 addresses as well", example=False, default=False)
    bastion: bool = setting(
        "A small machine that administrators enter through Session Manager (no SSH, no open port) to reach the "
        "database and the cache",
        example=False,
        default=False,
    )
    bastion_sessions: Literal["any", "second_factor"] | None = setting(
        "A managed policy that lets whoever carries it open sessions through the bastion: any, for people of IAM "
        "Identity Center, who show a second factor there; second_factor, for users of the account, who must show one "
        "here; null: none",
        example="second_factor",
        default=None,
    )
    peered_with: Mapping[Slug, Cidr] = setting(
        "Networks that this VPC is (to be) connected to, name to range; none may overlap cidr_block",
        example={"analytics": "10.8.0.0/16"},
        default={},
    )
