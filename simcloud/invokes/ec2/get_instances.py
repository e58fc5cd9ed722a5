from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_instances(ctx: Context, args: Props) -> Props:
    """The instances that fit, running ones unless other states are asked for."""
    states = args.get("instanceStateNames") or ["running"]
    wanted = _one.filters({**args, "tags": args.get("instanceTags")}, {})
    reservations = ctx.client("ec2").describe_instances(Filters=wanted)["Reservations"]
    every = [item for each in reservations for item in each["Instances"] if item["State"]["Name"] in states]
    return {
        "filters": args.get("filters"),
        "id": ctx.region,
        "ids": [item["InstanceId"] for item in every],
        "instanceStateNames": args.get("instanceStateNames"),
        "instanceTags": args.get("instanceTags") or {},
        "ipv6Addresses": [item["Ipv6Address"] for item in every if item.get("Ipv6Address")],
        "privateIps": [item["PrivateIpAddress"] for item in every if item.get("PrivateIpAddress")],
        "publicIps": [item["PublicIpAddress"] for item in every if item.get("PublicIpAddress")],
        "region": ctx.region,
    }
