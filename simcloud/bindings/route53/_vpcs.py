"""Whether the VPCs that private zones name exist: each in its own region, as Route 53 has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from simcloud.context import Context
from simcloud.refusal import Refusal


def problems(ctx: Context, vpc_id: Any, region: Any, path: str) -> Iterator[Refusal]:
    """A refusal if there is no such VPC in `region`, or in the provider's own if that is None."""
    if not isinstance(vpc_id, str) or not isinstance(region, str | None):
        return
    if region and region not in ctx.client("route53").meta.service_model.shape_for("VPCRegion").enum:
        return  # told by the service model already
    place = ctx.in_region(region or ctx.home)
    try:
        place.client("ec2").describe_vpcs(VpcIds=[vpc_id])
    except ClientError:
        yield Refusal("InvalidVPCId", f"The VPC: {vpc_id} in region: {place.region} is not found.", path)
