"""Which subnets an attachment may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal


def problems(ctx: Context, given: Any, vpc_id: Any) -> Iterator[Refusal]:
    """What is wrong with the subnets that are known: one of each zone, all of the VPC."""
    known = [subnet for subnet in given if isinstance(subnet, str)] if isinstance(given, list) else []
    if not known:
        return
    found = {
        subnet["SubnetId"]: subnet
        for subnet in ctx.client("ec2").describe_subnets(Filters=[{"Name": "subnet-id", "Values": known}])[
            "Subnets"
        ]
    }
    zones: set[str] = set()
    for position, identity in enumerate(given):
        subnet = found.get(identity) if isinstance(identity, str) else None
        if subnet is None:
            continue
        if isinstance(vpc_id, str) and subnet["VpcId"] != vpc_id:
            yield Refusal(
                "InvalidParameterValue",
                f"subnet {identity} is not in VPC {vpc_id}.",
                f"subnetIds[{position}]",
            )
        # AWS: zoitech/terraform-aws-network#46, read 2026-11
        if subnet["AvailabilityZone"] in zones:
            yield Refusal(
                "DuplicateSubnetsInSameZone",
                f"Duplicate Subnets for same AZ ({subnet['AvailabilityZone']})",
                f"subnetIds[{position}]",
                "give one subnet of each availability zone.",
            )
        zones.add(subnet["AvailabilityZone"])
