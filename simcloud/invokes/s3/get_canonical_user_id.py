from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_canonical_user_id(ctx: Context, args: Props) -> Props:
    """The account in the words of access control lists."""
    owner = ctx.client("s3").list_buckets()["Owner"]
    return {"displayName": owner.get("DisplayName", ""), "id": owner["ID"]}
