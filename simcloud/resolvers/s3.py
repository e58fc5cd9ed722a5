"""What other resources name of S3."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "bucket": Resolver(
        "NoSuchBucket",
        "The specified bucket does not exist: {value}",
        lambda ctx, value: ctx.client("s3").head_bucket(Bucket=value),
    ),
    "bucket_arn": Resolver(
        "NoSuchBucket",
        "The specified bucket does not exist: {value}",
        lambda ctx, value: ctx.client("s3").head_bucket(Bucket=value.rsplit(":", 1)[-1]),
    ),
}
