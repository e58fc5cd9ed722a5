from __future__ import annotations

from simcloud.bindings.s3.bucket_website_configuration import BucketWebsiteConfiguration


class BucketWebsiteConfigurationV2(BucketWebsiteConfiguration):
    """`BucketWebsiteConfiguration` under its older name."""

    token = "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2"
