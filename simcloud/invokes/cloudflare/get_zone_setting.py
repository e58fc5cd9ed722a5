from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask
from simcloud.values import Props


def get_zone_setting(ctx: Context, args: Props) -> Props:
    """A setting of a zone."""
    found = ask(ctx, f"/zones/{args['zoneId']}/settings/{args['settingId']}")
    names = "editable enabled id modifiedOn settingId timeRemaining value zoneId"
    return answered(names, found, args, value=found["value"], enabled=found.get("enabled", False))
