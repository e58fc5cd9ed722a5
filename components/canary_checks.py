"""What a canary refuses to be."""

from __future__ import annotations

import re

from components import names
from components.canary_args import CanaryArgs
from components.errors import ComponentError

# The name begins those of its buckets, too.
_NAME = re.compile(r"[0-9a-z][0-9a-z-]*")
# AWS: API reference of Synthetics CreateCanary: CanaryScheduleInput, CanaryRunConfigInput; provider's page:
# failure_retention_period (botocore 1.44.5, pulumi-aws 7.51.1), read 2026-11.
_MOST_MINUTES = 60
_MOST_SECONDS = 840
_LEAST_SECONDS = 3
_MOST_DAYS = 455


def check(where: str, args: CanaryArgs) -> None:
    """Raises ComponentError for the first thing that is wrong."""
    if not _NAME.fullmatch(where):
        raise _refused(where, "no name of a canary", "lower-case letters, digits and hyphens", "rename it")
    names.fit(f"{where}-results", names.BUCKET)
    if isinstance(args.url, str) and not re.fullmatch(r"https://[^\s/]+(/\S*)?", args.url):
        raise _refused(where, f"it cannot look at {args.url}", "an HTTPS URL", "correct url")
    if not 1 <= args.every_minutes <= _MOST_MINUTES:
        raise _refused(
            where,
            f"a look every {args.every_minutes} minutes",
            f"1 to {_MOST_MINUTES}",
            "correct every_minutes",
        )
    longest = min(_MOST_SECONDS, args.every_minutes * 60)
    if not _LEAST_SECONDS <= args.timeout_seconds <= longest:
        raise _refused(
            where,
            f"a time-out of {args.timeout_seconds} s",
            f"{_LEAST_SECONDS} to {longest}: no longer than the time between two runs",
            "correct timeout_seconds",
        )
    if not 1 <= args.keep_days <= _MOST_DAYS:
        raise _refused(
            where, f"results kept for {args.keep_days} days", f"1 to {_MOST_DAYS}", "correct keep_days"
        )


def _refused(where: str, problem: str, expected: str, fix: str) -> ComponentError:
    return ComponentError(where, problem, expected=expected, fix=fix)
