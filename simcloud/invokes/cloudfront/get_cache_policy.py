from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudfront import _policy
from simcloud.values import Props


def get_cache_policy(ctx: Context, args: Props) -> Props:
    """A cache policy by id or name, AWS's own included."""
    return _policy.look_up(ctx, args, "CachePolicy", "cache-policy")
