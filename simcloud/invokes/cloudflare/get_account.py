from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, only
from simcloud.values import Props


def get_account(ctx: Context, args: Props) -> Props:
    """An account by its id, or the only one that the token reaches."""
    if args.get("accountId"):
        found = ask(ctx, f"/accounts/{args['accountId']}")
    else:
        found = only(
            ask(ctx, "/accounts", {"name": str((args.get("filter") or {}).get("name") or "")}), "accounts"
        )
    names = "accountId createdOn filter id managedBy name settings type"
    return answered(names, found, args, accountId=found["id"], managedBy={})
