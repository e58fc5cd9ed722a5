from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_WORDS = {"id": "ID", "uri": "URI"}
# AWS: «Canned ACL», S3 User Guide; per reference notes, not verified against AWS.
_CANNED = (
    "authenticated-read",
    "aws-exec-read",
    "log-delivery-write",
    "private",
    "public-read",
    "public-read-write",
)


class BucketAcl(Binding):
    """The access control list of a bucket. Removing it changes nothing, as a bucket always has one."""

    token = "aws:s3/bucketAcl:BucketAcl"
    service = "s3"
    operation = "put_bucket_acl"
    parameters = {"ACL": "acl", "AccessControlPolicy": "accessControlPolicy"}
    replaces = frozenset({"bucket", "expectedBucketOwner"})
    references = (Reference("bucket", "bucket"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Bucket": new["bucket"],
                "ACL": new.get("acl"),
                "AccessControlPolicy": _words.to_api(new.get("accessControlPolicy"), _WORDS),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("s3").put_bucket_acl(**self.request(ctx, new))
        return ",".join(filter(None, (new["bucket"], new.get("expectedBucketOwner"), new.get("acl"))))

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("s3").put_bucket_acl(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        bucket, *rest = identity.split(",")
        acl = ctx.client("s3").get_bucket_acl(Bucket=bucket)
        canned = rest[-1] if rest and not rest[-1].isdigit() else None
        found = {"owner": acl["Owner"], "grants": acl.get("Grants", [])}
        return {
            "bucket": bucket,
            "acl": given.get("acl", canned),
            "accessControlPolicy": _words.from_api(found, _WORDS),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        return

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if ("acl" in new) == ("accessControlPolicy" in new):
            yield Refusal("InvalidRequest", "exactly one of acl and accessControlPolicy is needed.", "acl")
        acl = new.get("acl")
        if isinstance(acl, str) and acl not in _CANNED:
            yield Refusal("InvalidArgument", f"{acl!r} is not one of: {', '.join(_CANNED)}", "acl")

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        """AWS: a bucket has no ACLs unless its ownership controls say so, since April 2023."""
        if _ownership(ctx, new["bucket"]) == "BucketOwnerEnforced":
            yield Refusal(
                "AccessControlListNotSupported",
                "The bucket does not allow ACLs",
                "bucket",
                "set BucketOwnershipControls to BucketOwnerPreferred first, and let the ACL depend on it.",
            )


def _ownership(ctx: Context, bucket: str) -> str:
    try:
        answer: Any = ctx.client("s3").get_bucket_ownership_controls(Bucket=bucket)
    except ClientError:
        return "BucketOwnerEnforced"
    return str(answer["OwnershipControls"]["Rules"][0]["ObjectOwnership"])
