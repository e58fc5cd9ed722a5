from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.wafv2 import _by_name
from simcloud.values import Props


def get_ip_set(ctx: Context, args: Props) -> Props:
    """A set of addresses by name and scope."""
    place = _by_name.find(ctx, args, "list_ip_sets", "IPSets", "IPSet")
    found = ctx.client("wafv2").get_ip_set(**place)["IPSet"]
    return {
        **_by_name.common(ctx, args, found),
        "addresses": found["Addresses"],
        "ipAddressVersion": found["IPAddressVersion"],
    }
