from __future__ import annotations

from simcloud.bindings.s3.bucket_objectv2 import BucketObjectv2
from simcloud.context import Context
from simcloud.values import Props

_NEWER = ("checksumCrc32", "checksumCrc32c", "checksumCrc64nvme", "checksumSha1", "checksumSha256")


class BucketObject(BucketObjectv2):
    """An object in a bucket, under its older name: without checksums."""

    token = "aws:s3/bucketObject:BucketObject"
    defaults = {"acl": "private", "forceDestroy": False}

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = super().read(ctx, identity, given)
        return found and {name: value for name, value in found.items() if name not in _NEWER}
