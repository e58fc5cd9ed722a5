"""What alarms are asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.alarm import Severity
from components.errors import ComponentError
from components.escalation import Escalation, check_escalation
from components.thresholds import Thresholds
from components.topic import check_addresses, check_urls

_LISTENERS = ("critical_emails", "critical_urls", "warning_emails", "warning_urls", "kms_key_arn")


@dataclass(frozen=True, kw_only=True)
class ExistingTopics:
    """Topics that somebody else owns, by ARN; each lets CloudWatch publish, and its key lets CloudWatch use it.

    `escalated_arn` is for an `escalation`, and only for that.
    """

    critical_arn: pulumi.Input[str]
    warning_arn: pulumi.Input[str]
    escalated_arn: pulumi.Input[str] | None = None

    def by_severity(self) -> dict[Severity, pulumi.Output[str]]:
        """Where each severity is told."""
        arns = {Severity.CRITICAL: self.critical_arn, Severity.WARNING: self.warning_arn}
        if self.escalated_arn is not None:
            arns[Severity.ESCALATED] = self.escalated_arn
        return {severity: pulumi.Output.concat(arn) for severity, arn in arns.items()}


@dataclass(frozen=True, kw_only=True)
class AlarmsArgs:
    """Each e-mail address must confirm its subscription before it receives anything.

    URLs are HTTPS endpoints that confirm by themselves, such as PagerDuty's; they are kept secret, for whoever knows
    one can page. `existing` are topics to use instead of making some; who listens to them is their owner's.
    `kms_key_arn` must let CloudWatch use it, as `Key` does; without it the topics get a key of their own. `region` is
    where topics and alarms are, if not where the stack is: what only us-east-1 knows is watched there.
    """

    critical_emails: Sequence[str] = ()
    critical_urls: Sequence[pulumi.Input[str]] = ()
    warning_emails: Sequence[str] = ()
    warning_urls: Sequence[pulumi.Input[str]] = ()
    existing: ExistingTopics | None = None
    escalation: Escalation | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    kms_key_arn: pulumi.Input[str] | None = None
    region: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


def check(where: str, args: AlarmsArgs) -> None:
    """Refuses whom no message could reach."""
    check_addresses(where, [*args.critical_emails, *args.warning_emails])
    check_urls(where, [*args.critical_urls, *args.warning_urls])
    if args.escalation is not None:
        check_addresses(where, args.escalation.emails)
        check_urls(where, args.escalation.urls)
        check_escalation(where, args.escalation, elsewhere=args.existing is not None)
    if args.existing is not None:
        _check_existing(where, args, args.existing)


def _check_existing(where: str, args: AlarmsArgs, existing: ExistingTopics) -> None:
    told = [name for name in _LISTENERS if getattr(args, name)]
    if told:
        raise ComponentError(
            where,
            f"{', '.join(told)} for topics that somebody else owns",
            expected="`existing` alone: its owner subscribes people and chooses the key",
            fix=f"drop {' and '.join(told)}, or `existing`",
        )
    if (existing.escalated_arn is None) != (args.escalation is None):
        raise ComponentError(
            where,
            "an escalation without a topic of its own, or a topic for none",
            expected="`existing.escalated_arn` together with `escalation`",
            fix="add what is missing, or drop the other",
        )
