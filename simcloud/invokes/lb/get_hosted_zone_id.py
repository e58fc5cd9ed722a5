from __future__ import annotations

from simcloud.context import Context
from simcloud.patches.elbv2 import _APPLICATION_ZONES, _NETWORK_ZONES
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_hosted_zone_id(ctx: Context, args: Props) -> Props:
    """The zone that the names of a region's load balancers are in."""
    kind = args.get("loadBalancerType") or "application"
    zones = _NETWORK_ZONES if kind == "network" else _APPLICATION_ZONES
    if kind not in ("application", "network"):
        raise Refusal("InvalidArgument", f"loadBalancerType is application or network, not {kind}.")
    if ctx.region not in zones:
        raise Refusal("UnsupportedOperation", f"simcloud does not know the zone of {kind} in {ctx.region}.")
    return {"id": zones[ctx.region], "loadBalancerType": args.get("loadBalancerType"), "region": ctx.region}
