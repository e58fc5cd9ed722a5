from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, first
from simcloud.values import Props

_NAMES = "createdOn description id kind modifiedOn name numItems numReferencingFilters"


def get_lists(ctx: Context, args: Props) -> Props:
    """The lists of an account."""
    found = first(ask(ctx, f"/accounts/{args['accountId']}/rules/lists"), args)
    results = [answered(_NAMES, one, {}) for one in found]
    return answered("accountId maxItems results", {}, args, results=results)
