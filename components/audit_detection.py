"""Who looks for trouble: GuardDuty, Security Hub and Access Analyzer."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.account import Account
from components.audit_args import AuditArgs, Feature

# Fargate tasks are watched from inside, by an agent that AWS runs beside them.
_RUNTIME = {"name": "ECS_FARGATE_AGENT_MANAGEMENT", "status": "ENABLED"}


def make_guardduty(parent: pulumi.Resource, name: str, args: AuditArgs) -> pulumi.Output[str]:
    """The id of a detector with its features."""
    opts = pulumi.ResourceOptions(parent=parent)
    detector = aws.guardduty.Detector(
        name,
        enable=True,
        finding_publishing_frequency="FIFTEEN_MINUTES",
        tags={**args.tags, "Name": name},
        opts=opts,
    )
    for feature in dict.fromkeys(args.features):
        aws.guardduty.DetectorFeature(
            f"{name}-{feature.name.lower().replace('_', '-')}",
            detector_id=detector.id,
            name=feature.value,
            status="ENABLED",
            additional_configurations=[aws.guardduty.DetectorFeatureAdditionalConfigurationArgs(**_RUNTIME)]
            if feature is Feature.RUNTIME
            else None,
            opts=opts,
        )
    return detector.id


def make_security_hub(
    parent: pulumi.Resource, name: str, args: AuditArgs, here: pulumi.Output[Account]
) -> None:
    """The hub with exactly the named standards."""
    hub = aws.securityhub.Account(
        name,
        enable_default_standards=False,
        auto_enable_controls=True,
        # One finding per check, however many standards ask for it.
        control_finding_generator="SECURITY_CONTROL",
        opts=pulumi.ResourceOptions(parent=parent),
    )
    for standard in dict.fromkeys(args.standards):
        arn = pulumi.Output.concat(
            here.apply(lambda at: f"arn:{at.partition}:securityhub:{at.region}::standards/"), standard.value
        )
        aws.securityhub.StandardsSubscription(
            f"{name}-{standard.name.lower().replace('_', '-')}",
            standards_arn=arn,
            opts=pulumi.ResourceOptions(parent=parent, depends_on=[hub]),
        )


def make_analyzers(parent: pulumi.Resource, name: str, args: AuditArgs) -> None:
    """What outsiders can reach and, where asked, what nobody uses."""
    opts = pulumi.ResourceOptions(parent=parent)
    aws.accessanalyzer.Analyzer(
        f"{name}-external",
        analyzer_name=f"{name}-external",
        type="ACCOUNT",
        tags={**args.tags, "Name": f"{name}-external"},
        opts=opts,
    )
    if args.unused_access_days is not None:
        aws.accessanalyzer.Analyzer(
            f"{name}-unused",
            analyzer_name=f"{name}-unused",
            type="ACCOUNT_UNUSED_ACCESS",
            configuration={"unused_access": {"unused_access_age": args.unused_access_days}},
            tags={**args.tags, "Name": f"{name}-unused"},
            opts=opts,
        )
