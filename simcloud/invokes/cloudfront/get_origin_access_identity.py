from __future__ import annotations

from simcloud.bindings.cloudfront.origin_access_identity import OriginAccessIdentity
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_origin_access_identity(ctx: Context, args: Props) -> Props:
    """An origin access identity by id."""
    found = ctx.store.get(OriginAccessIdentity.token, args["id"])
    if found is None:
        raise Refusal(
            "NoSuchCloudFrontOriginAccessIdentity",
            f"The specified origin access identity does not exist: {args['id']}",
            "id",
        )
    names = ("arn", "callerReference", "cloudfrontAccessIdentityPath", "etag", "iamArn", "s3CanonicalUserId")
    return {"comment": found.get("comment", ""), "id": args["id"], **{name: found[name] for name in names}}
