from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_partition(ctx: Context, args: Props) -> Props:
    """The partition that the simulated account is in."""
    return {
        "dnsSuffix": "amazonaws.com",
        "id": ctx.partition,
        "partition": ctx.partition,
        "reverseDnsPrefix": "com.amazonaws",
    }
