"""The log groups that RDS writes into, made before RDS would make them without a retention."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.database_args import DatabaseArgs


@dataclass(frozen=True, kw_only=True)
class Logs:
    """Whose logs: `kind` is `instance` or `cluster`; `region` None is the provider's."""

    identifier: str
    kind: str
    kms_key_arn: pulumi.Input[str] | None
    region: str | None = None


def log_group_names(identifier: str, args: DatabaseArgs, kind: str = "instance") -> list[str]:
    """RDS dictates the names: `/aws/rds/instance/<identifier>/<log>`."""
    return [f"/aws/rds/{kind}/{identifier}/{log}" for log in args.engine.log_exports]


def make_log_groups(parent: pulumi.Resource, logs: Logs, args: DatabaseArgs) -> list[aws.cloudwatch.LogGroup]:
    """One log group per exported log of one instance or cluster."""
    names = log_group_names(logs.identifier, args, logs.kind)
    return [
        aws.cloudwatch.LogGroup(
            f"{logs.identifier}-{log}-logs",
            name=name,
            region=logs.region,
            retention_in_days=args.log_retention_days,
            kms_key_id=logs.kms_key_arn,
            tags={**args.tags, "Name": f"{logs.identifier}-{log}-logs"},
            opts=pulumi.ResourceOptions(parent=parent),
        )
        for log, name in zip(args.engine.log_exports, names, strict=True)
    ]
