from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, only
from simcloud.invokes.cloudflare._zones import NAMES, matching
from simcloud.values import Props


def get_zone(ctx: Context, args: Props) -> Props:
    """A zone by its id, or the only one that the filter describes."""
    if args.get("zoneId"):
        found = ask(ctx, f"/zones/{args['zoneId']}")
    else:
        found = only(list(matching(ctx, args.get("filter") or {})), "zones")
    return answered(f"{NAMES} filter zoneId", found, args, zoneId=found["id"])
