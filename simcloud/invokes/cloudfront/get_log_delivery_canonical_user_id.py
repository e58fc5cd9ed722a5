from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props

# AWS: «Permissions required to configure standard logging», CloudFront developer guide; from memory, not verified.
_AWSLOGSDELIVERY = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"


def get_log_delivery_canonical_user_id(ctx: Context, args: Props) -> Props:
    """Who writes the standard logs of distributions into buckets with access control lists."""
    return {"id": _AWSLOGSDELIVERY, "region": ctx.region}
