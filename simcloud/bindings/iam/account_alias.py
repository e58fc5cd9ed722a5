from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.values import Props


class AccountAlias(Binding):
    """The account's name in the address of its sign-in page. There is one per account."""

    token = "aws:iam/accountAlias:AccountAlias"
    service = "iam"
    operation = "create_account_alias"
    replaces = frozenset({"accountAlias"})
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"AccountAlias": new["accountAlias"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["accountAlias"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        aliases = ctx.client("iam").list_account_aliases()["AccountAliases"]
        return {"accountAlias": identity} if identity in aliases else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if self.read(ctx, identity, old):
            ctx.client("iam").delete_account_alias(AccountAlias=identity)
