"""The log groups that RDS writes into, made before RDS would make them without a retention."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.database_args import DatabaseArgs


def log_group_names(identifier: str, args: DatabaseArgs) -> list[str]:
    """RDS dictates the names: `/aws/rds/instance/<identifier>/<log>`."""
    return [f"/aws/rds/instance/{identifier}/{log}" for log in args.engine.log_exports]


def make_log_groups(
    parent: pulumi.Resource, identifier: str, args: DatabaseArgs
) -> list[aws.cloudwatch.LogGroup]:
    """One log group per exported log of one instance."""
    return [
        aws.cloudwatch.LogGroup(
            f"{identifier}-{log}-logs",
            name=name,
            retention_in_days=args.log_retention_days,
            kms_key_id=args.kms_key_arn,
            tags={**args.tags, "Name": f"{identifier}-{log}-logs"},
            opts=pulumi.ResourceOptions(parent=parent),
        )
        for log, name in zip(args.engine.log_exports, log_group_names(identifier, args), strict=True)
    ]
