"""The role with which RDS sends operating-system metrics."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components import account as accounts
from components.account import Account
from components.iam_policy import trust


def make_monitoring_role(parent: pulumi.Resource, name: str, tags: Mapping[str, str]) -> pulumi.Output[str]:
    """The ARN of a role for enhanced monitoring, known only once the role may do its work."""
    here = accounts.current(parent)
    role = aws.iam.Role(
        f"{name}-monitoring",
        assume_role_policy=here.apply(_trust_of_monitoring),
        tags={**tags, "Name": f"{name}-monitoring"},
        opts=pulumi.ResourceOptions(parent=parent),
    )
    attachment = aws.iam.RolePolicyAttachment(
        f"{name}-monitoring-policy",
        role=role.name,
        policy_arn=here.apply(_monitoring_policy),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return pulumi.Output.all(role.arn, attachment.id).apply(lambda both: str(both[0]))


def _trust_of_monitoring(account: Account) -> str:
    return trust("monitoring.rds.amazonaws.com", account.id, account.arn("rds", "db:*"))


def _monitoring_policy(account: Account) -> str:
    return f"arn:{account.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
