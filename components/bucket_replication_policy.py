"""What S3 needs to copy a bucket's objects to another region, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.account import Account
from components.iam_policy import Statement, allow, document

# AWS: S3 User Guide, "Setting up permissions for live replication" and "Replicating encrypted objects", read 2026-11
_READ = ("s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging")
_WRITE = ("s3:ReplicateObject", "s3:ReplicateTags")


@dataclass(frozen=True, kw_only=True)
class Side:
    """One end of a replication."""

    bucket_arn: str
    kms_key_arn: str | None
    region: str


def replication_policy(account: Account, source: Side, target: Side, *, deletes: bool) -> str:
    """Read versions at the source, write them at the target, with the key of each."""
    write = [*_WRITE, "s3:ReplicateDelete"] if deletes else _WRITE
    return document(
        allow("ReadConfiguration", ["s3:GetReplicationConfiguration", "s3:ListBucket"], [source.bucket_arn]),
        allow("ReadVersions", _READ, [f"{source.bucket_arn}/*"]),
        allow("WriteCopies", write, [f"{target.bucket_arn}/*"]),
        *_key(account, "Decrypt", ["kms:Decrypt"], source),
        *_key(account, "Encrypt", ["kms:Encrypt", "kms:GenerateDataKey"], target),
    )


def _key(account: Account, sid: str, actions: Sequence[str], side: Side) -> list[Statement]:
    """The key, only through S3 in its region and only for this bucket (whose bucket key names the bucket alone)."""
    if side.kms_key_arn is None:
        return []
    through: dict[str, Any] = {
        "StringEquals": {"kms:ViaService": f"s3.{side.region}.{account.dns_suffix}"},
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": [side.bucket_arn, f"{side.bucket_arn}/*"]},
    }
    return [allow(sid, actions, [side.kms_key_arn], condition=through)]
