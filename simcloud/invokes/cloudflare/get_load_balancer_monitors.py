from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, first
from simcloud.values import Props

_NAMES = (
    "allowInsecure consecutiveDown consecutiveUp createdOn description expectedBody expectedCodes followRedirects "
    "header id interval method modifiedOn path port probeZone retries timeout type"
)


def get_load_balancer_monitors(ctx: Context, args: Props) -> Props:
    """The monitors of an account."""
    found = first(ask(ctx, f"/accounts/{args['accountId']}/load_balancers/monitors"), args)
    results = [answered(_NAMES, monitor, {}) for monitor in found]
    return answered("accountId maxItems results", {}, args, results=results)
