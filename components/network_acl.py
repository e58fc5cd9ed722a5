"""The subnet-level walls around the tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi_aws as aws
from pulumi_aws.ec2 import NetworkAclEgressArgs, NetworkAclIngressArgs

from components.cidr import LETTERS, Slot, Tier
from components.network_ground import Ground, Subnets
from components.network_walls import Rule, Wall

# The tiers whose addresses may talk to a database, with the number of their first rule.
# A rule's number depends on its tier and zone only: a changed number is deleted and made again, with a gap between.
_ADMITTED: Mapping[str, int] = {Tier.PRIVATE: 100, Tier.DATABASE: 200}


def database_acl(ground: Ground, subnets: Subnets, slots: Sequence[Slot]) -> aws.ec2.NetworkAcl:
    """Admit the private and database tiers, both ways, and nobody else."""
    admitted = [slot for slot in slots if slot.tier in _ADMITTED]
    rules = {_number(slot): Rule("-1", 0, 0, slot.cidr) for slot in admitted}
    return tier_acl(ground, Tier.DATABASE, subnets, Wall(ingress=rules, egress=rules))


def tier_acl(ground: Ground, tier: str, subnets: Subnets, wall: Wall) -> aws.ec2.NetworkAcl:
    """Admit what the wall says to and from the subnets of a tier, and nothing else."""
    ingress = [
        NetworkAclIngressArgs(rule_no=no, action="allow", **_entry(rule)) for no, rule in wall.ingress.items()
    ]
    egress = [
        NetworkAclEgressArgs(rule_no=no, action="allow", **_entry(rule)) for no, rule in wall.egress.items()
    ]
    return aws.ec2.NetworkAcl(
        ground.child(tier),
        vpc_id=ground.vpc_id,
        subnet_ids=[subnet.id for subnet in subnets.values()],
        ingress=ingress,
        egress=egress,
        tags=ground.tagged(tier),
        opts=ground.opts(),
    )


def _entry(rule: Rule) -> Any:
    where = {"ipv6_cidr_block" if ":" in rule.cidr else "cidr_block": rule.cidr}
    kind = {} if rule.kind is None else {"icmp_type": rule.kind[0], "icmp_code": rule.kind[1]}
    return {"protocol": rule.protocol, "from_port": rule.first, "to_port": rule.last, **where, **kind}


def _number(slot: Slot) -> int:
    return _ADMITTED[slot.tier] + LETTERS.index(slot.letter)
