"""What the function that renews passwords may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.account import Account
from components.iam_policy import allow, document
from components.secret_ref import SecretRef
from components.service_trust import trusted_by

_WRITES = (
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
)


@dataclass(frozen=True, kw_only=True)
class Reads:
    """The secret that it renews, the one that it reads, those that it fills for a proxy, and the key of all."""

    application: SecretRef
    master: SecretRef
    logins: Sequence[SecretRef]
    kms_key_arn: pulumi.Input[str] | None


def make_role(
    parent: pulumi.Resource,
    name: str,
    here: pulumi.Output[Account],
    reads: Reads,
    logs: aws.cloudwatch.LogGroup,
    tags: Mapping[str, str],
) -> pulumi.Output[str]:
    """The ARN of the function's role, known only once the role may do its work."""
    child = pulumi.ResourceOptions(parent=parent)
    role = aws.iam.Role(
        name,
        assume_role_policy=trusted_by("lambda.amazonaws.com"),
        tags={**tags, "Name": name},
        opts=child,
    )
    logins = pulumi.Output.all(*(login.arn for login in reads.logins))
    found = pulumi.Output.all(
        here, reads.application.arn, reads.master.arn, logins, logs.arn, reads.kms_key_arn
    )
    policy = aws.iam.RolePolicy(
        f"{name}-policy",
        role=role.name,
        policy=found.apply(lambda known: rotation_policy(*known)),
        opts=child,
    )
    network = aws.iam.RolePolicyAttachment(
        f"{name}-network", role=role.name, policy_arn=here.apply(_network_policy), opts=child
    )
    return pulumi.Output.all(role.arn, policy.id, network.id).apply(lambda known: str(known[0]))


def rotation_policy(
    here: Account,
    application_arn: str,
    master_arn: str,
    login_arns: Sequence[str],
    log_group_arn: str,
    kms_key_arn: str | None,
) -> str:
    """It renews one secret, reads one other, fills those of a proxy, and writes its log."""
    statements = [
        allow("RenewTheSecret", _WRITES, [application_arn]),
        allow("ReadTheMaster", ["secretsmanager:GetSecretValue"], [master_arn]),
        allow("WriteTheLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{log_group_arn}:*"]),
    ]
    if login_arns:
        statements.append(allow("FillTheProxys", ["secretsmanager:PutSecretValue"], login_arns))
    if kms_key_arn is not None:
        through = {"StringEquals": {"kms:ViaService": f"secretsmanager.{here.region}.{here.dns_suffix}"}}
        key = ["kms:Decrypt", "kms:GenerateDataKey"]
        statements.append(allow("UseTheirKey", key, [kms_key_arn], condition=through))
    return document(*statements)


def _network_policy(here: Account) -> str:
    # AWS: "Giving Lambda functions access to resources in an Amazon VPC": network interfaces have no ARNs to name.
    return f"arn:{here.partition}:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"
