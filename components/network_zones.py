"""Which availability zones a network spans."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError
from components.network_args import NetworkArgs


def zones_of(parent: pulumi.Resource, where: str, args: NetworkArgs) -> Sequence[str]:
    """The pinned zones, or the region's first by name."""
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


def letter(zone: str) -> str:
    """What tells a zone from the others of its region."""
    return zone[-1]


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
