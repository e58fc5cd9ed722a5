"""Audits that would see nothing, refused before anything is made."""

from __future__ import annotations

from collections.abc import Iterator

from components.audit_args import AuditArgs
from components.errors import ComponentError
from components.log_group import check_retention
from components.topic import check_addresses

_LEAST_DAYS = 90
_UNUSED_DAYS = 365  # AWS: UnusedAccessConfiguration, Access Analyzer API reference, read 2026-11

Wrong = tuple[str, str, str]


def check_audit(where: str, args: AuditArgs) -> None:
    """A ComponentError for the first contradiction in `args`."""
    for problem, expected, fix in _problems(args):
        raise ComponentError(where, problem, expected=expected, fix=fix)
    check_retention(where, "`log_days`", args.log_days)
    check_addresses(where, args.finding_emails)


def _problems(args: AuditArgs) -> Iterator[Wrong]:
    """Problem, expectation and remedy."""
    watching = (args.guardduty, args.security_hub, args.access_analyzer)
    if not any((args.trail, args.config, *watching)):
        yield "everything is switched off", "one switch that is on", "drop the component, or switch one on"
    if args.security_hub and not args.config and not args.config_elsewhere:
        yield (
            "Security Hub is on and Config is off; most of its controls ask Config",
            "both on",
            "set `config`, or `config_elsewhere` if the account records already",
        )
    if args.security_hub and not args.standards:
        yield "Security Hub without a standard checks nothing", "at least one", "leave `standards` out"
    if args.finding_emails and not any(watching):
        yield "nothing finds what would be mailed", "a detector that is on", "drop `finding_emails`"
    yield from _trail(args)
    yield from _bucket(args)
    yield from _days(args)
    yield from _twice(args)


def _trail(args: AuditArgs) -> Iterator[Wrong]:
    asked = [
        name for name in ("alarm_topic_arn", "data_event_bucket_arns", "insights") if getattr(args, name)
    ]
    if asked and not args.trail:
        yield (
            f"{', '.join(asked)} without a trail",
            "`trail` on",
            f"set `trail`, or drop {' and '.join(asked)}",
        )


def _bucket(args: AuditArgs) -> Iterator[Wrong]:
    bucket = args.bucket
    if bucket is None:
        return
    if not args.writers or args.force_destroy:
        yield (
            f"{bucket.component_name} takes the records, and "
            + ("there are none" if not args.writers else "is to be emptied from here"),
            "a bucket for `trail` or `config`, which its own component destroys",
            "drop `force_destroy`, or `bucket`",
        )
    missing = [writer.value for writer in args.writers if writer not in bucket.args.log_writers]
    if bucket.args.existing is None and missing:
        yield (
            f"{bucket.component_name} does not let {' and '.join(missing)} write",
            "a bucket of purpose logs with these writers",
            "add them to its `log_writers`",
        )


def _days(args: AuditArgs) -> Iterator[Wrong]:
    if args.retention_days < _LEAST_DAYS:
        yield (
            f"the log bucket forgets after {args.retention_days} days",
            f"{_LEAST_DAYS} days or more: intrusions are found late",
            "raise `retention_days`",
        )
    if args.unused_access_days is not None and not 1 <= args.unused_access_days <= _UNUSED_DAYS:
        yield (
            f"access is unused after {args.unused_access_days} days",
            f"1 to {_UNUSED_DAYS}",
            "correct `unused_access_days`",
        )


def _twice(args: AuditArgs) -> Iterator[Wrong]:
    identifiers = [rule.identifier for rule in args.rules]
    twice = sorted({name for name in identifiers if identifiers.count(name) > 1})
    if twice:
        yield f"{', '.join(twice)} is there twice", "each rule once", "drop one"
