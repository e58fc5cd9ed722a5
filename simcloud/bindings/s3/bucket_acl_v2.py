from __future__ import annotations

from simcloud.bindings.s3.bucket_acl import BucketAcl


class BucketAclV2(BucketAcl):
    """`BucketAcl` under its older name."""

    token = "aws:s3/bucketAclV2:BucketAclV2"
