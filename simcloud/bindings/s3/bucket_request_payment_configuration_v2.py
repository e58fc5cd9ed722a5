from __future__ import annotations

from simcloud.bindings.s3.bucket_request_payment_configuration import BucketRequestPaymentConfiguration


class BucketRequestPaymentConfigurationV2(BucketRequestPaymentConfiguration):
    """`BucketRequestPaymentConfiguration` under its older name."""

    token = "aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2"
