from __future__ import annotations

from simcloud.bindings.s3.bucket_object_lock_configuration import BucketObjectLockConfiguration


class BucketObjectLockConfigurationV2(BucketObjectLockConfiguration):
    """`BucketObjectLockConfiguration` under its older name."""

    token = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
