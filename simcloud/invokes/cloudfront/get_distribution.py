from __future__ import annotations

from simcloud import tagging
from simcloud.bindings.cloudfront.distribution import Distribution
from simcloud.context import Context
from simcloud.values import Props


def get_distribution(ctx: Context, args: Props) -> Props:
    """A distribution by id."""
    found = Distribution().read(ctx, args["id"], {}) or {}
    return {
        "aliases": found.get("aliases") or [],
        "anycastIpListId": found.get("anycastIpListId") or "",
        **{name: found[name] for name in _SAME},
        "id": args["id"],
        "tags": tagging.CLOUDFRONT.current(ctx, found["arn"]),
        "webAclId": found.get("webAclId") or "",
    }


_SAME = (
    "arn",
    "domainName",
    "enabled",
    "etag",
    "hostedZoneId",
    "inProgressValidationBatches",
    "lastModifiedTime",
    "status",
)
