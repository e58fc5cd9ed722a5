from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from botocore.exceptions import ClientError

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.s3 import _inline, _inline_website, _places
from simcloud.bindings.s3.bucket_policy import BucketPolicy
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class Bucket(Binding):
    """A bucket. Its settings are resources of their own; most of the older inline ones are taken too."""

    token = "aws:s3/bucket:Bucket"
    service = "s3"
    operation = "create_bucket"
    replaces = frozenset({"bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled"})
    defaults = {"forceDestroy": False}
    autoname = AutoName("bucket", limit=63, lower=True)
    tagging = tagging.BUCKET
    references = (
        Reference("logging.targetBucket", "bucket"),
        Reference(
            "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.kmsMasterKeyId",
            "kms_key",
        ),
    )
    inline: ClassVar[frozenset[str]] = frozenset({"acl", *_inline.INLINE})
    """The settings that are taken on the bucket itself."""

    def request(self, ctx: Context, new: Props) -> Params:
        params: Params = {"Bucket": new["bucket"]}
        if ctx.region != "us-east-1":
            params["CreateBucketConfiguration"] = {"LocationConstraint": ctx.region}
        if new.get("objectLockEnabled"):
            params["ObjectLockEnabledForBucket"] = True
        return params

    def create(self, ctx: Context, new: Props) -> str:
        """AWS takes a second creation in us-east-1 for the first one; the provider does not."""
        name = str(new["bucket"])
        if _answer(ctx.client("s3").head_bucket, name) is not None:
            raise Refusal(
                "BucketAlreadyOwnedByYou", f"the bucket {name} exists already, and you own it.", "bucket"
            )
        return super().create(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["bucket"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        _inline.configure(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        s3 = ctx.client("s3")
        s3.head_bucket(Bucket=identity)
        region = s3.get_bucket_location(Bucket=identity).get("LocationConstraint") or "us-east-1"
        website = _answer(s3.get_bucket_website, identity)
        return {
            "arn": f"arn:{ctx.partition}:s3:::{identity}",
            "bucket": identity,
            "bucketPrefix": given.get("bucketPrefix", ""),
            "bucketNamespace": given.get("bucketNamespace", "global"),
            "bucketRegion": region,
            "bucketDomainName": _places.domain(identity),
            "bucketRegionalDomainName": _places.regional_domain(identity, region),
            "hostedZoneId": _places.hosted_zone(region),
            "websiteDomain": _places.website_domain(region) if website else "",
            "websiteEndpoint": f"{identity}.{_places.website_domain(region)}" if website else "",
            "objectLockEnabled": bool(_answer(s3.get_object_lock_configuration, identity)),
            **_settings(s3, identity),
            **({} if not self.inline else _inline.read(ctx, identity, given)),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        s3 = ctx.client("s3")
        if old.get("forceDestroy"):
            _empty(s3, identity)
        s3.delete_bucket(Bucket=identity)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if self.inline and "policy" in new:
            yield from BucketPolicy().presence(ctx, new)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if isinstance(new["bucket"], str):
            yield from _name_problems(new["bucket"])
        if new.get("bucketPrefix") is not None and "bucket" not in new.get("__defaults", ()):
            text = "bucket and bucketPrefix exclude each other."
            yield Refusal("InvalidParameterCombination", text, "bucketPrefix")
        if self.inline:
            yield from _inline.problems(ctx, new)
            yield from _inline_rules(ctx, new)
        for name in sorted((_INLINE.keys() & new.keys()) - self.inline):
            yield Refusal(
                "UnsupportedProperty",
                f"{name} is deprecated on the bucket itself, and the simulated cloud does not have it there.",
                name,
                f"use aws.s3.{_INLINE[name]}.",
            )


_INLINE = {
    "accelerationStatus": "BucketAccelerateConfiguration",
    "acl": "BucketAcl",
    "corsRules": "BucketCorsConfiguration",
    "grants": "BucketAcl",
    "lifecycleRules": "BucketLifecycleConfiguration",
    "logging": "BucketLogging",
    "objectLockConfiguration": "BucketObjectLockConfiguration",
    "policy": "BucketPolicy",
    "replicationConfiguration": "BucketReplicationConfig",
    "requestPayer": "BucketRequestPaymentConfiguration",
    "serverSideEncryptionConfiguration": "BucketServerSideEncryptionConfiguration",
    "versioning": "BucketVersioning",
    "website": "BucketWebsiteConfiguration",
}


def _inline_rules(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What the settings' own resources would be refused for."""
    if "policy" in new:
        yield from BucketPolicy().rules(ctx, new)
    if isinstance(new.get("website"), Mapping):
        yield from _inline_website.problems(new["website"])
    # AWS: CreateBucket, API reference: new buckets belong to their owner alone; per reference notes, not verified.
    acl = new.get("acl")
    if isinstance(acl, str) and acl != "private":
        yield Refusal(
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
            "acl",
            "use aws.s3.BucketOwnershipControls, and aws.s3.BucketAcl that depends on it.",
        )


def _name_problems(name: str) -> Iterator[Refusal]:
    # AWS: «General purpose bucket naming rules», S3 User Guide; per reference notes, not verified against AWS.
    well_formed = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name)
    address = re.fullmatch(r"\d+\.\d+\.\d+\.\d+", name)
    reserved = name.startswith(("xn--", "sthree-", "amzn-s3-demo-")) or name.endswith(
        ("-s3alias", "--ol-s3", "--x-s3")
    )
    if not well_formed or address or reserved or ".." in name:
        yield Refusal(
            "InvalidBucketName",
            f"The specified bucket is not valid: {name!r}. 3 to 63 lower-case letters, digits, dots and hyphens.",
            "bucket",
        )


def _answer(read: Callable[..., Any], bucket: str) -> Any:
    """What `read` says about the bucket, or None if nothing is configured."""
    try:
        return read(Bucket=bucket)
    except ClientError:
        return None


def _settings(s3: Any, bucket: str) -> Props:
    """The settings that other resources made, as far as the bucket repeats them."""
    policy = _answer(s3.get_bucket_policy, bucket)
    encryption = _answer(s3.get_bucket_encryption, bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    default = encryption["ApplyServerSideEncryptionByDefault"]
    return {
        "policy": policy["Policy"] if policy else "",
        "requestPayer": s3.get_bucket_request_payment(Bucket=bucket).get("Payer", "BucketOwner"),
        "accelerationStatus": "",
        "versioning": {
            "enabled": s3.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled",
            "mfaDelete": False,
        },
        "serverSideEncryptionConfiguration": {
            "rule": {
                "applyServerSideEncryptionByDefault": {
                    "sseAlgorithm": default["SSEAlgorithm"],
                    "kmsMasterKeyId": default.get("KMSMasterKeyID", ""),
                },
                "bucketKeyEnabled": encryption.get("BucketKeyEnabled", False),
            }
        },
        "corsRules": [],
        "grants": [],
        "lifecycleRules": [],
    }


def _empty(s3: Any, bucket: str) -> None:
    """Delete every version of every object, as `forceDestroy` promises."""
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        for version in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            s3.delete_object(
                Bucket=bucket,
                Key=version["Key"],
                VersionId=version["VersionId"],
                BypassGovernanceRetention=True,
            )
