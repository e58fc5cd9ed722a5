from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_availability_zones(ctx: Context, args: Props) -> Props:
    """The zones of the region, filtered as `DescribeAvailabilityZones` does, without those that are excluded."""
    filters = [{"Name": item["name"], "Values": item["values"]} for item in args.get("filters") or ()]
    found = ctx.client("ec2").describe_availability_zones(Filters=filters)["AvailabilityZones"]
    excluded = {*(args.get("excludeNames") or ()), *(args.get("excludeZoneIds") or ())}
    zones = [zone for zone in found if not {zone["ZoneName"], zone["ZoneId"]} & excluded]
    zones = [zone for zone in zones if args.get("state") in (None, zone["State"])]
    return {
        **args,
        "id": ctx.region,
        "region": ctx.region,
        "names": [zone["ZoneName"] for zone in zones],
        "zoneIds": [zone["ZoneId"] for zone in zones],
        "groupNames": sorted({ctx.region for _ in zones}),
    }
