"""Findings, mailed to people: those of high and critical severity."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from components.audit_args import AuditArgs
from components.iam_policy import allow, document
from components.topic_publishers import nobody_without_tls

# AWS: GuardDuty User Guide, "Severity levels of GuardDuty findings": high is 7 and more; per reference notes.
_HIGH = 7


def finding_patterns(args: AuditArgs) -> Mapping[str, Mapping[str, Any]]:
    """What to listen to. Security Hub passes on what the others find, so with it they are not heard twice."""
    if args.security_hub:
        findings = {
            "Severity": {"Label": ["HIGH", "CRITICAL"]},
            "Workflow": {"Status": ["NEW"]},
            "RecordState": ["ACTIVE"],
        }
        return {"hub": _event("securityhub", "Security Hub Findings - Imported", {"findings": findings})}
    severe = {"severity": [{"numeric": [">=", _HIGH]}]}
    active = {"status": ["ACTIVE"]}
    guardduty = {"guardduty": _event("guardduty", "GuardDuty Finding", severe)}
    analyzer = {"analyzer": _event("access-analyzer", "Access Analyzer Finding", active)}
    return {**(guardduty if args.guardduty else {}), **(analyzer if args.access_analyzer else {})}


def mail_findings(
    parent: pulumi.Resource, name: str, args: AuditArgs, kms_key_arn: pulumi.Input[str]
) -> pulumi.Output[str]:
    """The ARN of an encrypted topic that EventBridge publishes findings to."""
    opts = pulumi.ResourceOptions(parent=parent)
    topic = aws.sns.Topic(
        f"{name}-findings",
        kms_master_key_id=kms_key_arn,
        tags={**args.tags, "Name": f"{name}-findings"},
        opts=opts,
    )
    policy = aws.sns.TopicPolicy(
        f"{name}-findings-policy", arn=topic.arn, policy=topic.arn.apply(_policy), opts=opts
    )
    for address in dict.fromkeys(args.finding_emails):
        slug = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")
        aws.sns.TopicSubscription(
            f"{name}-findings-{slug}", topic=topic.arn, protocol="email", endpoint=address, opts=opts
        )
    for label, pattern in finding_patterns(args).items():
        _listen(parent, f"{name}-{label}", args, pattern, policy.arn)
    return policy.arn


def _listen(
    parent: pulumi.Resource,
    name: str,
    args: AuditArgs,
    pattern: Mapping[str, Any],
    topic_arn: pulumi.Input[str],
) -> None:
    opts = pulumi.ResourceOptions(parent=parent)
    rule = aws.cloudwatch.EventRule(
        name, event_pattern=json.dumps(pattern), tags={**args.tags, "Name": name}, opts=opts
    )
    aws.cloudwatch.EventTarget(name, rule=rule.name, arn=topic_arn, opts=opts)


def _policy(topic_arn: str) -> str:
    # EventBridge names no source when it publishes to a topic, so the leave can have no condition; per reference notes.
    return document(
        allow(
            "FindingsOfThisAccount",
            ["sns:Publish"],
            [topic_arn],
            principal={"Service": "events.amazonaws.com"},
        ),
        nobody_without_tls(topic_arn),
    )


def _event(service: str, kind: str, detail: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"source": [f"aws.{service}"], "detail-type": [kind], "detail": detail}
