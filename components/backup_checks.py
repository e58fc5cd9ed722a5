"""What AWS Backup would refuse, or would take and then fail at night; refused before anything is made."""

from __future__ import annotations

from collections.abc import Iterator

import pulumi_aws as aws

from components.backup_args import BackupArgs, RestoreTest, Schedule, Selection, VaultLock, VaultLockMode
from components.errors import ComponentError

# AWS: Lifecycle, AWS Backup API reference: at least 90 days in cold storage (botocore 1.44.5), read 2026-11
_COLD_DAYS = 90
# AWS: "Continuous backups and point-in-time recovery", Backup Developer Guide; per reference notes.
_CONTINUOUS_DAYS = 35
# AWS: BackupRuleInput, AWS Backup API reference: a start window of an hour or more; per reference notes.
_START_MINUTES = 60
# AWS: PutBackupVaultLockConfiguration, ChangeableForDays (botocore 1.44.5), read 2026-11
_COOLING_OFF_DAYS = 3
# AWS: PutMetricAlarm, Period: 7 days together for periods of an hour or more, read 2026-11
_SILENCE_HOURS = 7 * 24
# AWS: RestoreTestingPlanForCreate, StartWindowHours and SelectionWindowDays; RestoreTestingSelectionForCreate,
# ValidationWindowHours, AWS Backup API reference (botocore 1.44.5), read 2026-11
_WEEK_HOURS, _YEAR_DAYS = 168, 365
# Resource types of RestoreTestingSelectionForCreate, AWS Backup API reference; per reference notes.
_TESTABLE = ("Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3")

Wrong = tuple[str, str, str]


def check_backup(where: str, args: BackupArgs) -> None:
    """A ComponentError for the first contradiction in `args`."""
    for problem, expected, fix in _problems(args):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def _problems(args: BackupArgs) -> Iterator[Wrong]:
    """Problem, expectation and remedy."""
    yield from _plan(args)
    for schedule in args.schedules:
        yield from _schedule(schedule)
    for name, selection in args.selections.items():
        yield from _selection(name, selection)
    if args.lock is not None:
        yield from _lock(args, args.lock)
    yield from _places(args)
    yield from _tests(args)
    yield from _silence(args)


def _plan(args: BackupArgs) -> Iterator[Wrong]:
    names = [schedule.name for schedule in args.schedules]
    if not names:
        yield (
            "a plan without schedules",
            "at least one",
            "leave `schedules` out for 7 daily, 4 weekly, 12 monthly",
        )
    if len(set(names)) < len(names):
        yield f"the schedules are called {', '.join(names)}", "a name for each", "rename the second"
    if not args.selections:
        yield "nothing is selected", "at least one selection", "add a Selection by tags or by ARNs"


def _schedule(schedule: Schedule) -> Iterator[Wrong]:
    name, cold = schedule.name, schedule.cold_after_days
    for what, days in (("keep_days", schedule.keep_days), ("copy_keep_days", schedule.copy_keep_days)):
        if days is not None and days < 1:
            yield f"{what} of {name} is {days}", "one day or more", f"correct `{what}`"
        elif days is not None and cold is not None and days < cold + _COLD_DAYS:
            yield (
                f"{name} moves to cold storage after {cold} days and is deleted after {days}",
                f"at least {_COLD_DAYS} days in cold storage, which are paid for anyway",
                f"keep it for {cold + _COLD_DAYS} days or more, or drop `cold_after_days`",
            )
    if schedule.continuous and (schedule.keep_days > _CONTINUOUS_DAYS or cold is not None):
        yield (
            f"{name} is continuous and {'moves to cold storage' if cold else f'kept for {schedule.keep_days} days'}",
            f"at most {_CONTINUOUS_DAYS} days in warm storage",
            "let another schedule keep what is older",
        )
    if schedule.start_within_minutes < _START_MINUTES:
        yield (
            f"{name} must start within {schedule.start_within_minutes} minutes",
            f"{_START_MINUTES} or more",
            "raise `start_within_minutes`",
        )
    if schedule.complete_within_minutes <= schedule.start_within_minutes:
        yield (
            f"{name} must be done {schedule.complete_within_minutes} minutes after its time and may start "
            f"after {schedule.start_within_minutes}",
            "an end after the last start",
            "raise `complete_within_minutes`",
        )


def _selection(name: str, selection: Selection) -> Iterator[Wrong]:
    if bool(selection.tags) == bool(selection.arns):
        yield (
            f"the selection `{name}` is by {'tags and ARNs' if selection.tags else 'nothing'}",
            "tags or ARNs; AWS would take only what is both",
            "make two selections of it" if selection.tags else "add `tags` or `arns`",
        )


def _lock(args: BackupArgs, lock: VaultLock) -> Iterator[Wrong]:
    if not 1 <= lock.min_days <= (lock.max_days or lock.min_days):
        yield (
            f"a lock from {lock.min_days} to {lock.max_days or 'any number of'} days",
            "a day or more, and an end after it",
            "correct `min_days` or `max_days`",
        )
    if lock.mode is VaultLockMode.COMPLIANCE and (lock.cooling_off_days or 0) < _COOLING_OFF_DAYS:
        yield (
            f"a compliance lock with {lock.cooling_off_days or 'no'} cooling-off days",
            f"{_COOLING_OFF_DAYS} or more: afterwards nobody, not even AWS, can take it back",
            f"set `cooling_off_days={_COOLING_OFF_DAYS}` or take VaultLockMode.GOVERNANCE",
        )
    if lock.mode is VaultLockMode.GOVERNANCE and lock.cooling_off_days is not None:
        yield (
            f"a governance lock with {lock.cooling_off_days} cooling-off days",
            "none: AWS makes a compliance lock of a lock that has them",
            "drop `cooling_off_days` or take VaultLockMode.COMPLIANCE",
        )
    if args.force_destroy:
        yield "a locked vault cannot be emptied", "`force_destroy` or `lock`", "drop one of them"
    for schedule in args.schedules:
        for days in (schedule.keep_days, schedule.copy_keep_days):
            if days is not None and not lock.min_days <= days <= (lock.max_days or days):
                most = f" and at most {lock.max_days}" if lock.max_days else ""
                yield (
                    f"{schedule.name} is kept for {days} days in a vault locked to at least {lock.min_days}{most}",
                    "a time that the lock allows; every job would fail",
                    "change the schedule or the lock",
                )


def _places(args: BackupArgs) -> Iterator[Wrong]:
    if args.copy_region is not None and args.copy_vault_arn is not None:
        yield "copies go to copy_region and to copy_vault_arn", "one of them", "drop one"
    if args.copy_region is not None and args.copy_region == aws.config.region:
        yield f"the copies stay in {args.copy_region}", "another region", "change `copy_region`"
    if args.copy_kms_key_arn is not None and args.copy_region is None:
        yield (
            "a key for copies, and no vault of ours that it would encrypt",
            "`copy_kms_key_arn` beside `copy_region`",
            "add `copy_region`, or drop the key",
        )
    copied = args.copy_region is not None or args.copy_vault_arn is not None
    for schedule in args.schedules:
        if schedule.copy_keep_days is not None and not (copied and schedule.copy):
            yield (
                f"{schedule.name} keeps copies for {schedule.copy_keep_days} days and makes none",
                "`copy_keep_days` of what is copied",
                "add `copy_region` and leave `copy` on, or drop `copy_keep_days`",
            )
    if args.existing_vault is not None and (args.lock or args.kms_key_arn):
        yield (
            "an existing vault with a lock or key of ours",
            "`existing_vault` alone: it keeps its own",
            "drop `lock` and `kms_key_arn`",
        )


def _tests(args: BackupArgs) -> Iterator[Wrong]:
    test = args.restore_test
    if test is None:
        return
    unknown = [kind for kind in (*test.resource_types, *test.metadata) if kind not in _TESTABLE]
    if unknown or not test.resource_types:
        yield (
            f"restores of {', '.join(unknown) or 'nothing'} are to be tested",
            f"one or more of {', '.join(_TESTABLE)}",
            "correct `resource_types`",
        )
    idle = sorted(set(test.metadata) - set(test.resource_types))
    if idle:
        yield (
            f"it is said how to restore {', '.join(idle)}, which is not tested",
            "`metadata` of what is in `resource_types`",
            "add it to `resource_types`, or drop its metadata",
        )
    if "S3" in test.resource_types and not args.s3 and args.existing_role_arn is None:
        yield (
            "restores of S3 are to be tested by a role that may not restore buckets",
            "`s3` beside it",
            "set `s3`, or leave S3 out of `resource_types`",
        )
    yield from _test_times(args, test)


def _test_times(args: BackupArgs, test: RestoreTest) -> Iterator[Wrong]:
    for what, value, most in (
        ("keep_hours", test.keep_hours, _WEEK_HOURS),
        ("start_within_hours", test.start_within_hours, _WEEK_HOURS),
        ("window_days", test.window_days, _YEAR_DAYS),
    ):
        if not 1 <= value <= most:
            yield f"{what} of the restore test is {value}", f"1 to {most}", f"correct `{what}`"
    if test.window_days > max((schedule.keep_days for schedule in args.schedules), default=0):
        yield (
            f"the newest backup of the last {test.window_days} days is tested",
            "not more days than any backup is kept",
            "lower `window_days`",
        )


def _silence(args: BackupArgs) -> Iterator[Wrong]:
    hours = args.missing_after_hours
    if hours % 6 or not 6 <= hours <= _SILENCE_HOURS:
        yield (
            f"silence of {hours} hours is to be told",
            f"a multiple of 6 hours, at most {_SILENCE_HOURS}, as CloudWatch can see it",
            "set `missing_after_hours` to 36 for daily backups",
        )
