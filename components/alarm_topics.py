"""A topic for each audience of alarms, encrypted with one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pulumi

from components import account
from components.alarm import Severity
from components.alarms_args import AlarmsArgs
from components.key import Key, KeyArgs
from components.topic import make_topic

Audience = tuple[Sequence[str], Sequence[pulumi.Input[str]]]


def make_topics(parent: pulumi.Resource, name: str, args: AlarmsArgs) -> dict[Severity, pulumi.Output[str]]:
    """The topics' ARNs by severity."""
    here = account.current(parent).apply(
        lambda found: found if args.region is None else replace(found, region=args.region)
    )
    key_arn = _key(parent, name, args).arn if args.kms_key_arn is None else args.kms_key_arn
    return {
        severity: make_topic(
            parent,
            f"{name}-{severity}",
            here,
            kms_key_arn=key_arn,
            addresses=emails,
            urls=urls,
            tags=args.tags,
            region=args.region,
        )
        for severity, (emails, urls) in _audiences(args).items()
    }


def _audiences(args: AlarmsArgs) -> Mapping[Severity, Audience]:
    found: dict[Severity, Audience] = {
        Severity.CRITICAL: (args.critical_emails, args.critical_urls),
        Severity.WARNING: (args.warning_emails, args.warning_urls),
    }
    if args.escalation is not None:
        found[Severity.ESCALATED] = (args.escalation.emails, args.escalation.urls)
    return found


def _key(parent: pulumi.Resource, name: str, args: AlarmsArgs) -> Key:
    key = KeyArgs(alias=name, description="Messages of alarms", region=args.region, tags=args.tags)
    return Key(f"{name}-key", key, pulumi.ResourceOptions(parent=parent))
