from __future__ import annotations

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_account_alias(ctx: Context, args: Props) -> Props:
    """The account's alias."""
    aliases = ctx.client("iam").list_account_aliases()["AccountAliases"]
    if not aliases:
        raise Refusal("NotFound", "reading IAM Account Alias: empty result")
    return {"accountAlias": aliases[0], "id": aliases[0]}
