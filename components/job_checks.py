"""What a job's arguments must not say."""

from __future__ import annotations

from components import fargate, names
from components.errors import ComponentError
from components.job_args import JobArgs, Schedule
from components.log_group import check_retention
from components.service_checks import check_storage
from components.service_grant import check_grants
from components.service_image import by_digest

# AWS: API reference of EventBridge Scheduler, RetryPolicy and FlexibleTimeWindow (pulumi-aws 7.51.1), read 2026-11
_MOST_RETRIES, _LONGEST_RETRY, _LONGEST_WINDOW = 185, 1440, 1440


def check(where: str, args: JobArgs) -> None:
    """Refuses arguments that contradict each other, Fargate or the scheduler, before anything is registered."""
    names.fit(f"{where}-execution", names.ROLE)
    fargate.check(where, args.cpu, args.memory)
    fargate.check_architecture(where, args.cpu_architecture)
    check_storage(where, args.ephemeral_storage_gb)
    check_retention(where, "`log_retention_days`", args.log_retention_days)
    check_grants(where, args.grants)
    if args.require_digest and isinstance(args.image, str):
        by_digest(where, args.image)
    _check_names(where, args)
    if args.schedule is not None:
        _check_schedule(where, args.schedule)


def _check_names(where: str, args: JobArgs) -> None:
    twice = sorted(set(args.environment) & set(args.secrets))
    if twice:
        raise ComponentError(
            where,
            f"{', '.join(twice)} is set both as plain environment and as a secret",
            expected="each variable once",
            fix="remove it from `environment`",
        )


def _check_schedule(where: str, schedule: Schedule) -> None:
    if not schedule.expression.startswith(("cron(", "rate(", "at(")):
        raise ComponentError(
            where,
            f"the job starts at {schedule.expression!r}",
            expected="cron(…), rate(…) or at(…)",
            fix="write cron(0 2 * * ? *) for every night at two",
        )
    for what, value, least, most in (
        ("retries", schedule.retries, 0, _MOST_RETRIES),
        ("retry_minutes", schedule.retry_minutes, 1, _LONGEST_RETRY),
        ("window_minutes", schedule.window_minutes, 0, _LONGEST_WINDOW),
    ):
        if not least <= value <= most:
            raise ComponentError(
                where,
                f"{what} is {value}",
                expected=f"{least} to {most}, which is what AWS takes",
                fix=f"choose another {what}",
            )
