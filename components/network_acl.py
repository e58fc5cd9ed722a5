"""The subnet-level wall around the database tier."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi_aws as aws
from pulumi_aws.ec2 import NetworkAclEgressArgsDict, NetworkAclIngressArgsDict

from components.cidr import LETTERS, Slot, Tier
from components.network_ground import Ground, Subnets

# The tiers whose addresses may talk to a database, with the number of their first rule.
# A rule's number depends on its tier and zone only: a changed number is deleted and made again, with a gap between.
_ADMITTED = {Tier.PRIVATE: 100, Tier.DATABASE: 200}


def database_acl(ground: Ground, subnets: Subnets, slots: Sequence[Slot]) -> aws.ec2.NetworkAcl:
    """Admit the private and database tiers, both ways, and nobody else."""
    admitted = [slot for slot in slots if slot.tier in _ADMITTED]
    return aws.ec2.NetworkAcl(
        ground.child("database"),
        vpc_id=ground.vpc_id,
        subnet_ids=[subnet.id for subnet in subnets.values()],
        ingress=[_admit_in(slot) for slot in admitted],
        egress=[_admit_out(slot) for slot in admitted],
        tags=ground.tagged("database"),
        opts=ground.opts(),
    )


def _admit_in(slot: Slot) -> NetworkAclIngressArgsDict:
    return {
        "rule_no": _number(slot),
        "action": "allow",
        "protocol": "-1",
        "cidr_block": slot.cidr,
        "from_port": 0,
        "to_port": 0,
    }


def _admit_out(slot: Slot) -> NetworkAclEgressArgsDict:
    return {
        "rule_no": _number(slot),
        "action": "allow",
        "protocol": "-1",
        "cidr_block": slot.cidr,
        "from_port": 0,
        "to_port": 0,
    }


def _number(slot: Slot) -> int:
    return _ADMITTED[slot.tier] + LETTERS.index(slot.letter)
