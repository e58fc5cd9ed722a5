"""What a bucket is told: its purpose, and how long it keeps what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi

from components.bucket_lifecycle import Transition
from components.bucket_policy import LogWriter


class Purpose(StrEnum):
    """What a bucket is for."""

    DATA = "data"
    SITE = "site"
    LOGS = "logs"
    BACKUP = "backup"


class LockMode(StrEnum):
    """GOVERNANCE: a role with s3:BypassGovernanceRetention may still delete. COMPLIANCE: nobody, not even AWS."""

    GOVERNANCE = "GOVERNANCE"
    COMPLIANCE = "COMPLIANCE"


@dataclass(frozen=True, kw_only=True)
class ObjectLock:
    """For `days` after it was written, no version of an object can be deleted or overwritten."""

    mode: LockMode
    days: int


@dataclass(frozen=True, kw_only=True)
class BucketArgs:
    """`noncurrent_days` is how long an overwritten or deleted object can be brought back.

    `access_log_bucket` is a bucket of purpose logs with the writer s3. `region` is where the bucket is, if not
    where the stack is. `transitions` move what is old to cheaper storage; `lock` keeps it from being deleted.
    `refuse_other_keys` refuses uploads that ask for other encryption than the bucket's own.
    `opened_later` leaves a site's files closed until `Bucket.open_to` says to which distribution they belong.
    `existing` is the name of a bucket that is there already: nothing about it is changed, but it can be granted.
    """

    purpose: Purpose
    opened_later: bool = False
    existing: pulumi.Input[str] | None = None
    region: str | None = None
    kms_key_arn: pulumi.Input[str] | None = None
    refuse_other_keys: bool = False
    versioned: bool = True
    expire_days: int | None = None
    noncurrent_days: int = 30
    transitions: Sequence[Transition] = ()
    lock: ObjectLock | None = None
    access_log_bucket: pulumi.Input[str] | None = None
    log_writers: Sequence[LogWriter] = ()
    cors_origins: Sequence[str] = ()
    force_destroy: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
