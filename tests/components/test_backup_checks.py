"""What AWS Backup would refuse, or take and fail at night."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.backup import (
    DAILY,
    SCHEDULES,
    Backup,
    BackupArgs,
    RestoreTest,
    Schedule,
    Selection,
    VaultLock,
    VaultLockMode,
)
from components.backup_checks import check_backup
from components.errors import ComponentError
from tests.components.recording import Cloud

TAGGED = {"all": Selection(tags={"Backup": "yes"})}
GOVERNANCE, COMPLIANCE = VaultLockMode.GOVERNANCE, VaultLockMode.COMPLIANCE


def schedule(**more: Any) -> Schedule:
    return Schedule(**{"name": "own", "cron": "cron(0 3 * * ? *)", "keep_days": 30, **more})


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"schedules": []},
        "a plan without schedules. Expected at least one. "
        "Fix: leave `schedules` out for 7 daily, 4 weekly, 12 monthly.",
    ),
    (
        {"schedules": [DAILY, DAILY]},
        "the schedules are called daily, daily. Expected a name for each. Fix: rename the second.",
    ),
    (
        {"selections": {}},
        "nothing is selected. Expected at least one selection. Fix: add a Selection by tags or by ARNs.",
    ),
    (
        {"selections": {"x": Selection()}},
        "the selection `x` is by nothing. Expected tags or ARNs; AWS would take only what is both. "
        "Fix: add `tags` or `arns`.",
    ),
    (
        {"selections": {"x": Selection(tags={"a": "b"}, arns=["arn"])}},
        "the selection `x` is by tags and ARNs. Expected tags or ARNs; AWS would take only what is both. "
        "Fix: make two selections of it.",
    ),
    (
        {"schedules": [schedule(keep_days=0)]},
        "keep_days of own is 0. Expected one day or more. Fix: correct `keep_days`.",
    ),
    (
        {"schedules": [schedule(keep_days=100, cold_after_days=30)]},
        "own moves to cold storage after 30 days and is deleted after 100. Expected at least 90 days in cold "
        "storage, which are paid for anyway. Fix: keep it for 120 days or more, or drop `cold_after_days`.",
    ),
    (
        {"schedules": [schedule(keep_days=36, continuous=True)]},
        "own is continuous and kept for 36 days. Expected at most 35 days in warm storage. "
        "Fix: let another schedule keep what is older.",
    ),
    (
        {"schedules": [schedule(start_within_minutes=30)]},
        "own must start within 30 minutes. Expected 60 or more. Fix: raise `start_within_minutes`.",
    ),
    (
        {"schedules": [schedule(complete_within_minutes=60)]},
        "own must be done 60 minutes after its time and may start after 60. Expected an end after the last "
        "start. Fix: raise `complete_within_minutes`.",
    ),
    (
        {"lock": VaultLock(mode=COMPLIANCE, min_days=7)},
        "a compliance lock with no cooling-off days. Expected 3 or more: afterwards nobody, not even AWS, can "
        "take it back. Fix: set `cooling_off_days=3` or take VaultLockMode.GOVERNANCE.",
    ),
    (
        {"lock": VaultLock(mode=GOVERNANCE, min_days=7, cooling_off_days=3)},
        "a governance lock with 3 cooling-off days. Expected none: AWS makes a compliance lock of a lock that "
        "has them. Fix: drop `cooling_off_days` or take VaultLockMode.COMPLIANCE.",
    ),
    (
        {"lock": VaultLock(mode=GOVERNANCE, min_days=14)},
        "daily is kept for 7 days in a vault locked to at least 14. Expected a time that the lock allows; every "
        "job would fail. Fix: change the schedule or the lock.",
    ),
    (
        {"lock": VaultLock(mode=GOVERNANCE, min_days=7, max_days=180)},
        "monthly is kept for 365 days in a vault locked to at least 7 and at most 180. Expected a time that the "
        "lock allows; every job would fail. Fix: change the schedule or the lock.",
    ),
    (
        {"lock": VaultLock(mode=GOVERNANCE, min_days=7), "force_destroy": True},
        "a locked vault cannot be emptied. Expected `force_destroy` or `lock`. Fix: drop one of them.",
    ),
    (
        {"copy_region": "us-west-2", "copy_vault_arn": "arn"},
        "copies go to copy_region and to copy_vault_arn. Expected one of them. Fix: drop one.",
    ),
    (
        {"existing_vault": "v", "kms_key_arn": "k"},
        "an existing vault with a lock or key of ours. Expected `existing_vault` alone: it keeps its own. "
        "Fix: drop `lock` and `kms_key_arn`.",
    ),
    (
        {"restore_test": RestoreTest(resource_types=["Redis"])},
        "restores of Redis are to be tested. Expected one or more of Aurora, DocumentDB, DynamoDB, EBS, EC2, "
        "EFS, FSx, Neptune, RDS, S3. Fix: correct `resource_types`.",
    ),
    (
        {"restore_test": RestoreTest(keep_hours=169)},
        "keep_hours of the restore test is 169. Expected 1 to 168. Fix: correct `keep_hours`.",
    ),
    (
        {"restore_test": RestoreTest(start_within_hours=0)},
        "start_within_hours of the restore test is 0. Expected 1 to 168. Fix: correct `start_within_hours`.",
    ),
    (
        {"restore_test": RestoreTest(window_days=0)},
        "window_days of the restore test is 0. Expected 1 to 365. Fix: correct `window_days`.",
    ),
    (
        {"restore_test": RestoreTest(metadata={"EFS": {"encrypted": "true"}})},
        "it is said how to restore EFS, which is not tested. Expected `metadata` of what is in `resource_types`. "
        "Fix: add it to `resource_types`, or drop its metadata.",
    ),
    (
        {"restore_test": RestoreTest(resource_types=["S3"])},
        "restores of S3 are to be tested by a role that may not restore buckets. Expected `s3` beside it. "
        "Fix: set `s3`, or leave S3 out of `resource_types`.",
    ),
    (
        {"lock": VaultLock(mode=GOVERNANCE, min_days=0)},
        "a lock from 0 to any number of days. Expected a day or more, and an end after it. "
        "Fix: correct `min_days` or `max_days`.",
    ),
    (
        {"lock": VaultLock(mode=GOVERNANCE, min_days=8, max_days=7)},
        "a lock from 8 to 7 days. Expected a day or more, and an end after it. "
        "Fix: correct `min_days` or `max_days`.",
    ),
    (
        {"copy_kms_key_arn": "k", "copy_vault_arn": "arn"},
        "a key for copies, and no vault of ours that it would encrypt. Expected `copy_kms_key_arn` beside "
        "`copy_region`. Fix: add `copy_region`, or drop the key.",
    ),
    (
        {"schedules": [schedule(copy_keep_days=90)]},
        "own keeps copies for 90 days and makes none. Expected `copy_keep_days` of what is copied. "
        "Fix: add `copy_region` and leave `copy` on, or drop `copy_keep_days`.",
    ),
    (
        {"schedules": [schedule(copy_keep_days=90, copy=False)], "copy_region": "us-west-2"},
        "own keeps copies for 90 days and makes none. Expected `copy_keep_days` of what is copied. "
        "Fix: add `copy_region` and leave `copy` on, or drop `copy_keep_days`.",
    ),
    (
        {"schedules": [DAILY], "restore_test": RestoreTest(window_days=8)},
        "the newest backup of the last 8 days is tested. Expected not more days than any backup is kept. "
        "Fix: lower `window_days`.",
    ),
    (
        {"missing_after_hours": 25},
        "silence of 25 hours is to be told. Expected a multiple of 6 hours, at most 168, as CloudWatch can see "
        "it. Fix: set `missing_after_hours` to 36 for daily backups.",
    ),
]


@pytest.mark.parametrize(("more", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Backup("b", BackupArgs(**{"selections": TAGGED, **more})))
    assert str(refused.value) == f"b: {sentence}"
    assert cloud.made == []


@pytest.mark.parametrize(
    ("name", "more", "problem"),
    [
        ("la.prod", {}, "`la.prod` cannot begin a vault's name"),
        ("b" * 40, {"copy_region": "us-west-2"}, "45 characters are too many for a backup vault name"),
        (
            "b" * 40,
            {"restore_test": RestoreTest(resource_types=["DocumentDB"])},
            "51 characters are too many",
        ),
    ],
)
def test_names_that_aws_would_refuse(cloud: Cloud, name: str, more: dict[str, Any], problem: str) -> None:
    with pytest.raises(ComponentError, match=problem):
        cloud.deploy(lambda: Backup(name, BackupArgs(selections=TAGGED, **more)))
    assert cloud.made == []


@given(least=st.integers(1, 500), most=st.integers(1, 500))
def test_a_lock_is_taken_exactly_if_every_backup_fits(least: int, most: int) -> None:
    lock = VaultLock(mode=GOVERNANCE, min_days=least, max_days=most)
    fits = all(least <= schedule.keep_days <= most for schedule in SCHEDULES)
    try:
        check_backup("b", BackupArgs(selections=TAGGED, lock=lock))
    except ComponentError:
        assert not fits
    else:
        assert fits
