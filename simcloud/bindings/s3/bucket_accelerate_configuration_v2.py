from __future__ import annotations

from simcloud.bindings.s3.bucket_accelerate_configuration import BucketAccelerateConfiguration


class BucketAccelerateConfigurationV2(BucketAccelerateConfiguration):
    """`BucketAccelerateConfiguration` under its older name."""

    token = "aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2"
