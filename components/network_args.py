"""What a network is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi

from components.cidr import Dictated, ExtraTier


class Nat(StrEnum):
    """How private subnets reach the internet."""

    NONE = "none"
    INSTANCE = "instance"
    SINGLE = "single"
    PER_AZ = "per_az"
    REGIONAL = "regional"


class Walls(StrEnum):
    """Where the network ACLs come from.

    `database`: one around the database tier, which admits that tier and the private one.
    `relations`: one around every tier, made by `Network.wall_in` from who talks to whom.
    """

    DATABASE = "database"
    RELATIONS = "relations"


@dataclass(frozen=True, kw_only=True)
class NatInstance:
    """One small virtual machine that relays TCP `ports`; cheap, in one zone, and yours to look after."""

    instance_type: str = "t4g.nano"
    # `x86_64` for instance types that are not Graviton.
    architecture: str = "arm64"
    ports: Sequence[int] = (443, 80)


@dataclass(frozen=True, kw_only=True)
class ExistingNetwork:
    """A network that somebody else owns: nothing of it is made or changed.

    The subnets of each tier are in the order of `availability_zones`.
    """

    vpc_id: pulumi.Input[str]
    public_subnet_ids: pulumi.Input[Sequence[str]]
    private_subnet_ids: pulumi.Input[Sequence[str]]
    database_subnet_ids: pulumi.Input[Sequence[str]]
    private_route_table_ids: pulumi.Input[Sequence[str]] = ()


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """`cidr_block` is a /16 to /28, a /21 or wider if any tier's ranges are computed.

    `az_count` zones are the region's first by name, unless `availability_zones` pins them: pin them where AWS may
    open a zone, for a new name in between moves the count. The ranges of a tier are dictated in the order of the
    zones or by their letters, or computed (see components/cidr.py).

    `nat` is the private tier's way out. `none` needs `endpoints` for what a task cannot start without, unless
    `private_tasks` says that none will run. `endpoints` are names such as `ecr.api`; see `endpoint_names.py`.
    `ipv6` gives every subnet a /64, and the private tier a way out that nobody can take in.

    The flow log keeps all traffic for `flow_log_retention_days`, encrypted with `kms_key_arn` where one is given.
    """

    cidr_block: str
    az_count: int = 3
    availability_zones: Sequence[str] | None = None
    public_cidrs: Dictated | None = None
    private_cidrs: Dictated | None = None
    database_cidrs: Dictated | None = None
    extra_tiers: Sequence[ExtraTier] = ()
    nat: Nat = Nat.PER_AZ
    nat_instance: NatInstance = NatInstance()
    endpoints: Sequence[str] = ()
    private_tasks: bool = True
    ipv6: bool = False
    walls: Walls = Walls.DATABASE
    flow_log_retention_days: int = 30
    kms_key_arn: pulumi.Input[str] | None = None
    existing: ExistingNetwork | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
