"""The record of who talked to whom in a VPC."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components import names


def record_traffic(
    parent: pulumi.Resource,
    name: str,
    *,
    vpc_id: pulumi.Input[str],
    retention_days: int,
    kms_key_arn: pulumi.Input[str] | None,
    tags: Mapping[str, str],
) -> aws.ec2.FlowLog:
    """Write all traffic of a VPC, accepted and rejected, to a log group of its own."""
    opts = pulumi.ResourceOptions(parent=parent)
    group = aws.cloudwatch.LogGroup(
        f"{name}-flow-log",
        name=f"/{name}/flow-log",
        retention_in_days=retention_days,
        kms_key_id=kms_key_arn,
        tags={**tags, "Name": f"{name}-flow-log"},
        opts=opts,
    )
    role = _writer(f"{name}-flow-log", group, tags, opts)
    return aws.ec2.FlowLog(
        f"{name}-flow-log",
        vpc_id=vpc_id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=group.arn,
        iam_role_arn=role.arn,
        tags={**tags, "Name": f"{name}-flow-log"},
        opts=opts,
    )


def _writer(
    name: str, group: aws.cloudwatch.LogGroup, tags: Mapping[str, str], opts: pulumi.ResourceOptions
) -> aws.iam.Role:
    role = aws.iam.Role(
        names.fit(name, names.ROLE),
        assume_role_policy=_trust(_account(opts)),
        tags={**tags, "Name": name},
        opts=opts,
    )
    aws.iam.RolePolicy(name, role=role.name, policy=_write(group.arn), opts=opts)
    return role


def _account(opts: pulumi.ResourceOptions) -> pulumi.Output[str]:
    return aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(parent=opts.parent)).account_id


def _trust(account_id: pulumi.Output[str]) -> pulumi.Output[str]:
    return pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"aws:SourceAccount": account_id}},
                }
            ],
        }
    )


def _write(log_group_arn: pulumi.Output[str]) -> pulumi.Output[str]:
    return pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": [
                        "logs:CreateLogStream",
                        "logs:PutLogEvents",
                        "logs:DescribeLogGroups",
                        "logs:DescribeLogStreams",
                    ],
                    "Resource": pulumi.Output.concat(log_group_arn, ":*"),
                }
            ],
        }
    )
