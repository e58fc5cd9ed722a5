from __future__ import annotations

from simcloud.bindings.s3.bucket_server_side_encryption_configuration import (
    BucketServerSideEncryptionConfiguration,
)


class BucketServerSideEncryptionConfigurationV2(BucketServerSideEncryptionConfiguration):
    """`BucketServerSideEncryptionConfiguration` under its older name."""

    token = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
