"""The trail: who called what, in every region, in a bucket that shows whether somebody changed it."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi_aws.cloudtrail import TrailEventSelectorArgs, TrailEventSelectorDataResourceArgs

from components import names
from components.account import Account
from components.audit_args import AuditArgs
from components.bucket import Bucket
from components.iam_policy import allow, document, trust


@dataclass(frozen=True, kw_only=True)
class Trail:
    """The trail's ARN, and the log group that it is copied to."""

    arn: pulumi.Output[str]
    log_group_name: pulumi.Output[str]


def make_trail(
    parent: pulumi.Resource,
    name: str,
    args: AuditArgs,
    here: pulumi.Output[Account],
    *,
    bucket: Bucket,
    kms_key_arn: pulumi.Input[str],
) -> Trail:
    """A trail over all regions, encrypted, with digests, and in CloudWatch Logs for alarms."""
    opts = pulumi.ResourceOptions(parent=parent)
    group = aws.cloudwatch.LogGroup(
        f"{name}-trail",
        name=names.fit(f"/audit/{name}", names.LOG_GROUP, generated=False),
        retention_in_days=args.log_days,
        kms_key_id=kms_key_arn,
        tags={**args.tags, "Name": f"{name}-trail"},
        opts=opts,
    )
    role_arn = _role(parent, name, args, here, group)
    trail = aws.cloudtrail.Trail(
        name,
        s3_bucket_name=bucket.name,
        kms_key_id=kms_key_arn,
        is_multi_region_trail=True,
        include_global_service_events=True,
        enable_log_file_validation=True,
        cloud_watch_logs_group_arn=pulumi.Output.concat(group.arn, ":*"),
        cloud_watch_logs_role_arn=role_arn,
        event_selectors=_data_events(args),
        insight_selectors=_insights(args),
        tags={**args.tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect or None),
    )
    return Trail(arn=trail.arn, log_group_name=group.name)


def _role(
    parent: pulumi.Resource,
    name: str,
    args: AuditArgs,
    here: pulumi.Output[Account],
    group: aws.cloudwatch.LogGroup,
) -> pulumi.Output[str]:
    """Known only once CloudTrail may write with it: it tries that out before it agrees to a trail."""
    opts = pulumi.ResourceOptions(parent=parent)
    role = aws.iam.Role(
        names.fit(f"{name}-trail", names.ROLE),
        description=f"CloudTrail copies {name} to CloudWatch Logs",
        assume_role_policy=here.apply(lambda account: trust("cloudtrail.amazonaws.com", account.id)),
        tags={**args.tags, "Name": f"{name}-trail"},
        opts=opts,
    )
    policy = aws.iam.RolePolicy(
        f"{name}-trail",
        role=role.name,
        policy=group.arn.apply(
            lambda arn: document(
                allow("WriteTrail", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{arn}:log-stream:*"])
            )
        ),
        opts=opts,
    )
    return pulumi.Output.all(role.arn, policy.id).apply(lambda known: str(known[0]))


def _data_events(args: AuditArgs) -> list[TrailEventSelectorArgs] | None:
    if not args.data_event_bucket_arns:
        return None
    objects = [pulumi.Output.concat(arn, "/") for arn in args.data_event_bucket_arns]
    return [
        TrailEventSelectorArgs(
            include_management_events=True,
            read_write_type="All",
            data_resources=[TrailEventSelectorDataResourceArgs(type="AWS::S3::Object", values=objects)],
        )
    ]


def _insights(args: AuditArgs) -> list[aws.cloudtrail.TrailInsightSelectorArgs] | None:
    kinds = ("ApiCallRateInsight", "ApiErrorRateInsight") if args.insights else ()
    return [aws.cloudtrail.TrailInsightSelectorArgs(insight_type=kind) for kind in kinds] or None
