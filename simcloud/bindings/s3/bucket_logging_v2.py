from __future__ import annotations

from simcloud.bindings.s3.bucket_logging import BucketLogging


class BucketLoggingV2(BucketLogging):
    """`BucketLogging` under its older name."""

    token = "aws:s3/bucketLoggingV2:BucketLoggingV2"
