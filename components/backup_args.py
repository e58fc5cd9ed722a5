"""What is backed up when, how long it is kept, and who can delete it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One rule of a plan: at `cron` (UTC), kept for `keep_days` days, moved to cold storage after `cold_after_days`.

    `continuous` also keeps every second restorable, for what can do so (at most 35 days). A job that has not begun
    `start_within_minutes` after its time is given up, and one that is not done after `complete_within_minutes`.
    The copy in the second region is kept for `copy_keep_days`; None is as long as the original.
    """

    name: str
    cron: str
    keep_days: int
    cold_after_days: int | None = None
    continuous: bool = False
    start_within_minutes: int = 60
    complete_within_minutes: int = 720
    copy: bool = True
    copy_keep_days: int | None = None


DAILY = Schedule(name="daily", cron="cron(0 3 * * ? *)", keep_days=7)
WEEKLY = Schedule(name="weekly", cron="cron(0 4 ? * SUN *)", keep_days=28)
MONTHLY = Schedule(name="monthly", cron="cron(0 5 1 * ? *)", keep_days=365)
SCHEDULES = (DAILY, WEEKLY, MONTHLY)
"""7 daily, 4 weekly and 12 monthly backups; an hour after another, so that no two jobs meet on one resource."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What a plan backs up: everything that has all of `tags`, or the named `arns`, without `except_arns`."""

    tags: Mapping[str, str] = field(default_factory=dict)
    arns: Sequence[pulumi.Input[str]] = ()
    except_arns: Sequence[pulumi.Input[str]] = ()


class VaultLockMode(StrEnum):
    """GOVERNANCE: who may administer the vault may also unlock it. COMPLIANCE: after the cooling-off nobody can."""

    GOVERNANCE = "governance"
    COMPLIANCE = "compliance"


@dataclass(frozen=True, kw_only=True)
class VaultLock:
    """No backup may be kept for less than `min_days` or more than `max_days`, nor be deleted before.

    `cooling_off_days` (3 or more) is how long a COMPLIANCE lock can still be taken back.
    """

    mode: VaultLockMode
    min_days: int
    max_days: int | None = None
    cooling_off_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class RestoreTest:
    """AWS restores the newest backup of the last `window_days` at `cron` (UTC), and deletes the result again.

    `resource_types` as AWS Backup writes them; `metadata` says per type how to restore (for RDS: `dbSubnetGroupName`,
    `vpcSecurityGroupIds`, …). `keep_hours` (1 to 168) is how long the restored resource stays for checks.
    """

    cron: str = "cron(0 9 ? * MON *)"
    resource_types: Sequence[str] = ("RDS",)
    metadata: Mapping[str, Mapping[str, pulumi.Input[str]]] = field(default_factory=dict)
    window_days: int = 7
    start_within_hours: int = 8
    keep_hours: int = 4


@dataclass(frozen=True, kw_only=True)
class BackupArgs:
    """`selections` by name. `kms_key_arn` None makes a key; so does `copy_kms_key_arn` None in `copy_region`.

    `copy_vault_arn` instead of `copy_region` copies into a vault that exists, of this account or another.
    `existing_vault` is the name of a vault to use instead of making one (it keeps its own lock and policy).
    `existing_role_arn` is a role that AWS Backup may take. `s3` lets the role back up and restore buckets.
    `deny_deletion` refuses everybody the deletion of backups before their time, until the policy is taken away.
    `topic_arn` hears of jobs that failed, and when for `missing_after_hours` none was completed.
    """

    selections: Mapping[str, Selection]
    schedules: Sequence[Schedule] = SCHEDULES
    kms_key_arn: pulumi.Input[str] | None = None
    existing_vault: pulumi.Input[str] | None = None
    existing_role_arn: pulumi.Input[str] | None = None
    lock: VaultLock | None = None
    deny_deletion: bool = True
    copy_region: str | None = None
    copy_kms_key_arn: pulumi.Input[str] | None = None
    copy_vault_arn: pulumi.Input[str] | None = None
    restore_test: RestoreTest | None = None
    s3: bool = False
    topic_arn: pulumi.Input[str] | None = None
    missing_after_hours: int = 36
    force_destroy: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
