"""How long a bucket keeps what."""

from __future__ import annotations

from pulumi_aws.s3 import BucketLifecycleConfigurationRuleArgsDict as Rule

# An upload that nobody finished in a week is paid for and seen by nobody.
_UPLOAD_DAYS = 7


def lifecycle(*, versioned: bool, noncurrent_days: int, expire_days: int | None) -> list[Rule]:
    """Drop abandoned uploads, old versions, and, where asked, everything after `expire_days`."""
    return [
        _abandoned_uploads(),
        *([_old_versions(noncurrent_days)] if versioned else []),
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


def _expiry(days: int) -> Rule:
    return {
        "id": "expiry",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "expiration": {"days": days},
    }
