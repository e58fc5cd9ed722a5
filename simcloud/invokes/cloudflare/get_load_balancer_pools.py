from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, first
from simcloud.values import Props

_NAMES = (
    "checkRegions createdOn description disabledAt enabled healthSources id latitude loadShedding longitude "
    "minimumOrigins modifiedOn monitor monitorGroup name networks notificationEmail notificationFilter "
    "originSteering origins"
)


def get_load_balancer_pools(ctx: Context, args: Props) -> Props:
    """The pools of an account, or those that a monitor watches."""
    pools = ask(ctx, f"/accounts/{args['accountId']}/load_balancers/pools")
    found = [pool for pool in pools if args.get("monitor") in (None, pool.get("monitor"))]
    results = [answered(_NAMES, pool, {}) for pool in first(found, args)]
    return answered("accountId maxItems monitor results", {}, args, results=results)
