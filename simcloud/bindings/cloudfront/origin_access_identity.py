from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator

from simcloud.binding import Params, RecordedBinding
from simcloud.bindings.cloudfront import _identity, _usage
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: CloudFrontOriginAccessIdentityConfig.Comment: no longer than 128 characters (botocore 1.44.5), read 2026-11.
_LONGEST_COMMENT = 128


class OriginAccessIdentity(RecordedBinding):
    """The older way to let CloudFront alone read a bucket. moto lacks it: this one is recorded."""

    token = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity"
    service = "cloudfront"
    operation = "create_cloud_front_origin_access_identity"
    parameters = {"CloudFrontOriginAccessIdentityConfig.Comment": "comment"}
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        config = {"CallerReference": "plinth", "Comment": new.get("comment", "")}
        return {"CloudFrontOriginAccessIdentityConfig": config}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        path = f"origin-access-identity/cloudfront/{identity}"
        if any(path == _path(origin) for origin in _usage.origins(ctx)):
            raise Refusal(
                "CloudFrontOriginAccessIdentityInUse",
                "The CloudFront origin access identity is still being used.",
            )
        super().delete(ctx, identity, old)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return _identity.entity_tag()

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        user = f"user/CloudFront Origin Access Identity {identity}"
        return {
            "arn": ctx.arn("cloudfront", f"origin-access-identity/{identity}", regional=False),
            "callerReference": f"plinth-{uuid.uuid4()}",
            "cloudfrontAccessIdentityPath": f"origin-access-identity/cloudfront/{identity}",
            "etag": _identity.entity_tag(),
            "iamArn": f"arn:{ctx.partition}:iam::cloudfront:{user}",
            "s3CanonicalUserId": secrets.token_hex(48),
        }

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        comment = new.get("comment")
        if isinstance(comment, str) and len(comment) > _LONGEST_COMMENT:
            yield Refusal(
                "InvalidArgument",
                f"The comment has {len(comment)} characters, at most {_LONGEST_COMMENT} are allowed.",
                "comment",
            )


def _path(origin: object) -> object:
    config = origin.get("S3OriginConfig") if isinstance(origin, dict) else None
    return (config or {}).get("OriginAccessIdentity")
