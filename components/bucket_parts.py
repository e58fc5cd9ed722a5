"""The settings of a bucket, each of them a resource of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.bucket_args import BucketArgs, Purpose
from components.bucket_lifecycle import lifecycle
from components.bucket_policy import LogWriter, bucket_policy


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What every setting of one bucket has in common."""

    parent: pulumi.Resource
    name: str
    args: BucketArgs
    bucket: aws.s3.Bucket

    def opts(self, *depends_on: pulumi.Resource) -> pulumi.ResourceOptions:
        """A child of the component, after `depends_on`."""
        return pulumi.ResourceOptions(parent=self.parent, depends_on=list(depends_on))


def encrypt(to: Setting) -> pulumi.Resource:
    """New objects are encrypted: with the given key, or with S3's own."""
    key = to.args.kms_key_arn
    return aws.s3.BucketServerSideEncryptionConfiguration(
        to.name,
        bucket=to.bucket.bucket,
        region=to.args.region,
        rules=[
            {
                "apply_server_side_encryption_by_default": {
                    "sse_algorithm": "AES256" if key is None else "aws:kms",
                    "kms_master_key_id": key,
                },
                # One key request per bucket and hour instead of one per object.
                "bucket_key_enabled": key is not None,
            }
        ],
        opts=to.opts(),
    )


def own(to: Setting) -> pulumi.Resource:
    """Objects belong to the bucket's owner."""
    # CloudFront's standard logs come with an ACL; everything else belongs to the bucket's owner without one.
    acls = LogWriter.CLOUDFRONT in to.args.log_writers
    return aws.s3.BucketOwnershipControls(
        to.name,
        bucket=to.bucket.bucket,
        region=to.args.region,
        rule={"object_ownership": "BucketOwnerPreferred" if acls else "BucketOwnerEnforced"},
        opts=to.opts(),
    )


def close(to: Setting) -> pulumi.Resource:
    """Closed to the public, whatever a policy says."""
    return aws.s3.BucketPublicAccessBlock(
        to.name,
        bucket=to.bucket.bucket,
        region=to.args.region,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=to.opts(),
    )


def permit(
    to: Setting, closed: pulumi.Resource, distribution_arn: pulumi.Input[str] | None = None
) -> pulumi.Resource:
    """Open to exactly who is named."""
    # S3 refuses two changes of a bucket's access at the same moment.
    return aws.s3.BucketPolicy(
        to.name,
        bucket=to.bucket.bucket,
        region=to.args.region,
        policy=_policy(to, distribution_arn),
        opts=to.opts(closed),
    )


def keep(to: Setting) -> pulumi.Resource:
    """Versions, how long they stay, and for how long nothing can be deleted; returns the versioning."""
    args = to.args
    versioning = aws.s3.BucketVersioning(
        to.name,
        bucket=to.bucket.bucket,
        region=args.region,
        versioning_configuration={"status": "Enabled" if args.versioned else "Suspended"},
        opts=to.opts(),
    )
    aws.s3.BucketLifecycleConfiguration(
        to.name,
        bucket=to.bucket.bucket,
        region=args.region,
        rules=lifecycle(
            versioned=args.versioned,
            noncurrent_days=args.noncurrent_days,
            expire_days=args.expire_days,
            transitions=args.transitions,
        ),
        opts=to.opts(versioning),
    )
    _lock(to, versioning)
    return versioning


def record_access(to: Setting) -> None:
    """Who asked for what is written into the log bucket."""
    if to.args.access_log_bucket is None:
        return
    aws.s3.BucketLogging(
        to.name,
        bucket=to.bucket.bucket,
        region=to.args.region,
        target_bucket=to.args.access_log_bucket,
        target_prefix=f"{to.name}/",
        opts=to.opts(),
    )


def share_with_browsers(to: Setting) -> None:
    """Pages of the named origins may read and upload."""
    if not to.args.cors_origins:
        return
    aws.s3.BucketCorsConfiguration(
        to.name,
        bucket=to.bucket.bucket,
        region=to.args.region,
        cors_rules=[
            {
                "allowed_origins": list(to.args.cors_origins),
                "allowed_methods": ["GET", "HEAD", "PUT"],
                "allowed_headers": ["*"],
                "expose_headers": ["ETag"],
                "max_age_seconds": 3600,
            }
        ],
        opts=to.opts(),
    )


def _policy(to: Setting, distribution_arn: pulumi.Input[str] | None) -> pulumi.Output[str]:
    args, site = to.args, to.args.purpose is Purpose.SITE
    account = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(parent=to.parent)).account_id
    only = (args.kms_key_arn or "AES256") if args.refuse_other_keys else None
    return pulumi.Output.all(to.bucket.arn, account, only, distribution_arn).apply(
        lambda known: json.dumps(
            bucket_policy(
                known[0],
                known[1],
                args.log_writers,
                read_by_cloudfront=site,
                only_encryption=known[2],
                distribution_arn=known[3],
            )
        )
    )


def _lock(to: Setting, versioning: pulumi.Resource) -> None:
    lock = to.args.lock
    if lock is None:
        return
    aws.s3.BucketObjectLockConfiguration(
        to.name,
        bucket=to.bucket.bucket,
        region=to.args.region,
        rule={"default_retention": {"mode": lock.mode.value, "days": lock.days}},
        opts=to.opts(versioning),
    )
