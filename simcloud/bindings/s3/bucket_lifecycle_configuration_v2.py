from __future__ import annotations

from simcloud.bindings.s3.bucket_lifecycle_configuration import BucketLifecycleConfiguration


class BucketLifecycleConfigurationV2(BucketLifecycleConfiguration):
    """`BucketLifecycleConfiguration` under its older name."""

    token = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"
