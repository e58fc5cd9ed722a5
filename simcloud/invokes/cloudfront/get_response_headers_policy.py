from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudfront import _policy
from simcloud.values import Props


def get_response_headers_policy(ctx: Context, args: Props) -> Props:
    """A response headers policy by id or name, AWS's own included."""
    return _policy.look_up(ctx, args, "ResponseHeadersPolicy", "response-headers-policy")
