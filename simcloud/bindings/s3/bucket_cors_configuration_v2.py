from __future__ import annotations

from simcloud.bindings.s3.bucket_cors_configuration import BucketCorsConfiguration


class BucketCorsConfigurationV2(BucketCorsConfiguration):
    """`BucketCorsConfiguration` under its older name."""

    token = "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2"
