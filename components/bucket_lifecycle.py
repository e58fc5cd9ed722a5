"""How long a bucket keeps what, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pulumi_aws.s3 import BucketLifecycleConfigurationRuleArgsDict as Rule

# An upload that nobody finished in a week is paid for and seen by nobody.
_UPLOAD_DAYS = 7


class StorageClass(StrEnum):
    """Where old objects go, from dear and at hand to cheap and slow."""

    INTELLIGENT = "INTELLIGENT_TIERING"
    INFREQUENT = "STANDARD_IA"
    GLACIER_INSTANT = "GLACIER_IR"
    GLACIER = "GLACIER"
    DEEP_ARCHIVE = "DEEP_ARCHIVE"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """`days` after it was written, an object moves to `storage_class`."""

    days: int
    storage_class: StorageClass


def lifecycle(
    *,
    versioned: bool,
    noncurrent_days: int,
    expire_days: int | None,
    transitions: Sequence[Transition] = (),
) -> list[Rule]:
    """Drop abandoned uploads, old versions, and, where asked, everything after `expire_days`; move what is old."""
    return [
        _abandoned_uploads(),
        *([_old_versions(noncurrent_days)] if versioned else []),
        *([_moves(transitions)] if transitions else []),
        *([_expiry(expire_days)] if expire_days is not None else []),
    ]


def _abandoned_uploads() -> Rule:
    return {
        "id": "abandoned-uploads",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abort_incomplete_multipart_upload": {"days_after_initiation": _UPLOAD_DAYS},
    }


def _old_versions(days: int) -> Rule:
    return {
        "id": "old-versions",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "noncurrent_version_expiration": {"noncurrent_days": days},
    }


def _moves(transitions: Sequence[Transition]) -> Rule:
    return {
        "id": "cheaper-storage",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "transitions": [
            {"days": step.days, "storage_class": step.storage_class.value} for step in transitions
        ],
    }


def _expiry(days: int) -> Rule:
    return {
        "id": "expiry",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "expiration": {"days": days},
    }
