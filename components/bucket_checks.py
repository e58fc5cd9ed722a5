"""What no bucket can be, refused before any part of it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from components.bucket_args import BucketArgs, Purpose
from components.bucket_lifecycle import StorageClass
from components.bucket_policy import LogWriter
from components.errors import ComponentError

# Who delivers logs only into buckets encrypted with S3's own key.
# AWS: ELB user guide, "Enable access logs for your Application Load Balancer", read 2026-11
_WRITERS_WITHOUT_KMS = {LogWriter.ALB, LogWriter.S3}
# AWS: S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle": a month in STANDARD first; per reference notes.
_INFREQUENT_DAYS = 30


def check_bucket(where: str, args: BucketArgs) -> None:
    """A ComponentError for the first contradiction in `args`."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]", where):
        raise ComponentError(
            where,
            "the name cannot begin a bucket's name",
            expected="lower-case letters, digits and hyphens",
            fix="rename the component",
        )
    _check_existing(where, args)
    _check_opening(where, args)
    _check_writers(where, args)
    _check_days(where, args)
    _check_transitions(where, args)
    _check_lock(where, args)


def _check_existing(where: str, args: BucketArgs) -> None:
    shaped = [
        name
        for name in (
            "opened_later",
            "access_log_bucket",
            "lock",
            "log_writers",
            "cors_origins",
            "transitions",
            "expire_days",
        )
        if getattr(args, name)
    ]
    if args.existing is not None and shaped:
        raise ComponentError(
            where,
            f"{', '.join(shaped)} of a bucket that exists already",
            expected="`existing` alone (with `kms_key_arn`, for grants): the bucket stays as it is",
            fix=f"drop {' and '.join(shaped)}, or `existing`",
        )


def _check_opening(where: str, args: BucketArgs) -> None:
    if args.opened_later and args.purpose is not Purpose.SITE:
        raise ComponentError(
            where,
            f"a bucket of purpose {args.purpose} waits for a distribution",
            expected="`opened_later` on buckets of purpose site only",
            fix="drop `opened_later`",
        )


def _check_writers(where: str, args: BucketArgs) -> None:
    if args.log_writers and args.purpose is not Purpose.LOGS:
        raise ComponentError(
            where,
            f"a bucket of purpose {args.purpose} has the log writers {', '.join(args.log_writers)}",
            expected="log writers on buckets of purpose logs only",
            fix="give the logs a bucket of their own",
        )
    refusing = sorted(_WRITERS_WITHOUT_KMS & set(args.log_writers))
    if refusing and args.kms_key_arn is not None:
        raise ComponentError(
            where,
            f"{' and '.join(refusing)} cannot write logs into a bucket with a KMS key",
            expected="S3's own encryption",
            fix="drop kms_key_arn",
        )


def _check_days(where: str, args: BucketArgs) -> None:
    for what, days in (("expire_days", args.expire_days), ("noncurrent_days", args.noncurrent_days)):
        if days is not None and days < 1:
            raise ComponentError(
                where, f"{what} is {days}", expected="one day or more", fix=f"correct {what}"
            )


def _check_transitions(where: str, args: BucketArgs) -> None:
    days = [step.days for step in args.transitions]
    if days != sorted(set(days)):
        raise ComponentError(
            where,
            f"the transitions are after {', '.join(map(str, days))} days",
            expected="each later than the one before",
            fix="order `transitions` by days",
        )
    for step in args.transitions:
        if step.storage_class is StorageClass.INFREQUENT and step.days < _INFREQUENT_DAYS:
            raise ComponentError(
                where,
                f"a transition to {step.storage_class} after {step.days} days",
                expected=f"{_INFREQUENT_DAYS} days or more, as S3 wants it",
                fix="raise `days`, or take INTELLIGENT_TIERING",
            )
    if days and args.expire_days is not None and args.expire_days <= days[-1]:
        raise ComponentError(
            where,
            f"objects expire after {args.expire_days} days and move after {days[-1]}",
            expected="expiry after the last transition",
            fix="raise `expire_days` or drop the transition",
        )


def _check_lock(where: str, args: BucketArgs) -> None:
    if args.lock is None:
        return
    if args.lock.days < 1:
        raise ComponentError(
            where, f"a lock of {args.lock.days} days", expected="one day or more", fix="correct `lock`"
        )
    for problem, fix in _against_lock(args, args.lock.days):
        raise ComponentError(
            where,
            f"objects are locked for {args.lock.days} days, and the bucket {problem}",
            expected="a versioned bucket that keeps its objects for as long",
            fix=f"{fix}, or drop `lock`",
        )


def _against_lock(args: BucketArgs, locked_days: int) -> Iterator[tuple[str, str]]:
    """Problem and remedy."""
    if not args.versioned:
        yield "has no versions", "set `versioned`"
    if args.force_destroy:
        yield "is to be emptied when it is destroyed", "drop `force_destroy`"
    if LogWriter.S3 in args.log_writers:
        # AWS: S3 User Guide, "Enabling Amazon S3 server access logging"; per reference notes.
        yield "takes S3's access logs", "let another bucket take them"
    if args.expire_days is not None and args.expire_days < locked_days:
        yield f"expires objects after {args.expire_days} days", "raise `expire_days`"
