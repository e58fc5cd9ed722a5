from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_regions(ctx: Context, args: Props) -> Props:
    """The regions that the account may use, or all that there are."""
    wanted = {"AllRegions": bool(args.get("allRegions")), "Filters": _one.filters(args, {})}
    found = ctx.client("ec2").describe_regions(**wanted)["Regions"]
    usable = [
        region["RegionName"]
        for region in found
        if args.get("allRegions") or region.get("OptInStatus") != "not-opted-in"
    ]
    return {
        "allRegions": args.get("allRegions"),
        "filters": args.get("filters"),
        "id": ctx.partition,
        "names": sorted(usable),
    }
