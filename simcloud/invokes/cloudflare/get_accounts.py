from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, first
from simcloud.values import Props

_NAMES = "createdOn id managedBy name settings type"


def get_accounts(ctx: Context, args: Props) -> Props:
    """The accounts that the token reaches: one, of its own."""
    found = first(ask(ctx, "/accounts", {"name": str(args.get("name") or "")}), args)
    results = [answered(_NAMES, account, {}, managedBy={}) for account in found]
    return answered("direction maxItems name results", {}, args, results=results)
