from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.bindings.s3.bucket import Bucket
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_INLINE = {
    "loggings": "BucketLogging",
    "replicationConfigurations": "BucketReplicationConfig",
    "serverSideEncryptionConfigurations": "BucketServerSideEncryptionConfiguration",
    "versionings": "BucketVersioning",
    "websites": "BucketWebsiteConfiguration",
}


class BucketV2(Bucket):
    """A bucket under its older name: what `Bucket` says once is a list here."""

    token = "aws:s3/bucketV2:BucketV2"
    inline = frozenset()

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        """Without inline settings there is nothing to do."""

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = super().read(ctx, identity, given)
        if found is None:
            return None
        versioning = found.pop("versioning")
        encryption = found.pop("serverSideEncryptionConfiguration")
        return {
            **found,
            "acl": "",
            "loggings": [],
            "objectLockConfiguration": {"objectLockEnabled": "Enabled", "rules": []}
            if found["objectLockEnabled"]
            else {},
            "replicationConfigurations": [],
            "serverSideEncryptionConfigurations": [{"rules": [_listed(encryption["rule"])]}],
            "versionings": [versioning],
            "websites": [],
        }

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        for name in sorted(_INLINE.keys() & new.keys()):
            yield Refusal(
                "UnsupportedProperty",
                f"{name} is deprecated on the bucket itself, and the simulated cloud does not have it there.",
                name,
                f"use aws.s3.{_INLINE[name]}.",
            )


def _listed(rule: Mapping[str, Any]) -> Props:
    default = rule["applyServerSideEncryptionByDefault"]
    return {
        "applyServerSideEncryptionByDefaults": [default],
        "bucketKeyEnabled": rule["bucketKeyEnabled"],
    }
