from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_eips(ctx: Context, args: Props) -> Props:
    """All elastic IP addresses that fit; none is an answer too."""
    found = ctx.client("ec2").describe_addresses(Filters=_one.filters(args, {}))["Addresses"]
    return {
        "allocationIds": [item["AllocationId"] for item in found],
        "filters": args.get("filters"),
        "id": ctx.region,
        "publicIps": [item["PublicIp"] for item in found],
        "region": ctx.region,
        "tags": args.get("tags") or {},
    }
