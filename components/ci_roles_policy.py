"""The policy documents of CI's roles, as pure functions of names and ARNs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from components.account import Account
from components.iam_policy import VERSION, Statement, allow, deny, document

AUDIENCE = "sts.amazonaws.com"
READ_ONLY = ("SecurityAudit", "job-function/ViewOnlyAccess")
"""AWS's policies that read configuration and no data, for previews that refresh."""

# What our components look up; AWS knows no resource for these actions.
# AWS: Service Authorization Reference; per reference notes.
_LOOK_UPS = (
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeManagedPrefixLists",
    "rds:DescribeOrderableDBInstanceOptions",
    "route53:ListHostedZones",
    "secretsmanager:GetRandomPassword",
)
_ZONES = ("route53:GetHostedZone", "route53:ListTagsForResource")
_STATE_READ, _STATE_WRITE = ("s3:GetObject",), ("s3:PutObject", "s3:DeleteObject")
SECRET_VALUES = ("secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue")


@dataclass(frozen=True, kw_only=True)
class State:
    """Where Pulumi's state is, with known ARNs."""

    bucket_arn: str
    prefix: str
    kms_key_arn: str | None


def preview_subject(repository: str) -> str:
    """The subject of a workflow's token on a pull request (GitHub gives none to forks)."""
    return f"repo:{repository}:pull_request"


def deploy_subject(repository: str, environment: str) -> str:
    """The subject of a job that runs in a GitHub environment, after the environment's approvals."""
    return f"repo:{repository}:environment:{environment}"


def branch_subject(repository: str, branch: str) -> str:
    """The subject of a job that runs on a branch and in no GitHub environment: a push to it, or a schedule."""
    return f"repo:{repository}:ref:refs/heads/{branch}"


def trust_policy(provider_arn: str, issuer: str, subject: str, repository_id: str | None = None) -> str:
    """Only a token for AWS with exactly this subject, and, where given, of this repository."""
    wanted = {f"{issuer}:aud": AUDIENCE, f"{issuer}:sub": subject}
    if repository_id is not None:
        # AWS: "AWS STS supports validation of identity provider specific claims", 2026-01, read 2026-11
        wanted[f"{issuer}:repository_id"] = repository_id
    statement = {
        "Sid": "ExactSubject",
        "Effect": "Allow",
        "Principal": {"Federated": provider_arn},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": wanted},
    }
    return json.dumps({"Version": VERSION, "Statement": [statement]})


def preview_policy(
    account: Account, state: State | None, grants: Sequence[Statement], secret_arns: Sequence[str]
) -> str:
    """Read what a preview looks up, and the state; no secret but the named ones."""
    zones = f"arn:{account.partition}:route53:::hostedzone/*"
    # AWS's own: they belong to no account.
    prefix_lists = f"arn:{account.partition}:ec2:*:aws:prefix-list/*"
    images = f"arn:{account.partition}:ssm:*::parameter/aws/service/*"
    return document(
        allow("LookUps", _LOOK_UPS, ["*"]),
        allow("LookUpZones", _ZONES, [zones]),
        allow("LookUpPrefixLists", ["ec2:GetManagedPrefixListEntries"], [prefix_lists]),
        allow("LookUpImages", ["ssm:GetParameter"], [images]),
        *_state(state, _STATE_READ, ["kms:Decrypt"]),
        *grants,
        *([allow("NamedSecrets", SECRET_VALUES[:1], secret_arns)] if secret_arns else []),
        _no_other_secrets(secret_arns),
    )


def deploy_policy(state: State | None, grants: Sequence[Statement]) -> str:
    """What was granted, and the state to write."""
    key = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
    return document(*_state(state, [*_STATE_READ, *_STATE_WRITE], key), *grants)


def _state(state: State | None, objects: Sequence[str], key: Sequence[str]) -> list[Statement]:
    if state is None:
        return []
    statements = [
        # Pulumi lists the whole bucket to see whether it is there.
        allow("ListState", ["s3:ListBucket"], [state.bucket_arn]),
        allow("StateFiles", objects, [f"{state.bucket_arn}/{state.prefix}/*"]),
    ]
    return [*statements, allow("StateKey", key, [state.kms_key_arn])] if state.kms_key_arn else statements


def _no_other_secrets(secret_arns: Sequence[str]) -> Statement:
    statement = dict(deny("NoOtherSecrets", SECRET_VALUES, ["*"]))
    if secret_arns:
        del statement["Resource"]
        statement["NotResource"] = list(secret_arns)
    return statement
