from __future__ import annotations

from simcloud.bindings.s3.bucket_versioning import BucketVersioning


class BucketVersioningV2(BucketVersioning):
    """`BucketVersioning` under its older name."""

    token = "aws:s3/bucketVersioningV2:BucketVersioningV2"
