from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.lb import get_hosted_zone_id as of_load_balancers
from simcloud.values import Props


def get_hosted_zone_id(ctx: Context, args: Props) -> Props:
    """The zone that the names of a region's classic load balancers are in: that of the application ones."""
    found = of_load_balancers.get_hosted_zone_id(ctx, {})
    return {"id": found["id"], "region": ctx.region}
