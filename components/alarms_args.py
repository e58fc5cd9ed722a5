"""What alarms are asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.escalation import Escalation, check_escalation
from components.thresholds import Thresholds
from components.topic import check_addresses, check_urls


@dataclass(frozen=True, kw_only=True)
class AlarmsArgs:
    """Each e-mail address must confirm its subscription before it receives anything.

    URLs are HTTPS endpoints that confirm by themselves, such as PagerDuty's; they are kept secret, for whoever knows
    one can page. `kms_key_arn` must let CloudWatch use it, as `Key` does; without it the topics get a key of their own.
    """

    critical_emails: Sequence[str] = ()
    critical_urls: Sequence[pulumi.Input[str]] = ()
    warning_emails: Sequence[str] = ()
    warning_urls: Sequence[pulumi.Input[str]] = ()
    escalation: Escalation | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    kms_key_arn: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


def check(where: str, args: AlarmsArgs) -> None:
    """Refuses whom no message could reach."""
    check_addresses(where, [*args.critical_emails, *args.warning_emails])
    check_urls(where, [*args.critical_urls, *args.warning_urls])
    if args.escalation is not None:
        check_addresses(where, args.escalation.emails)
        check_urls(where, args.escalation.urls)
        check_escalation(where, args.escalation)
