from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_default_tags(ctx: Context, args: Props) -> Props:
    """The tags that the provider gives to everything."""
    return {"id": ctx.partition, "tags": dict(ctx.default_tags)}
