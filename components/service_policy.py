"""What ECS itself may do to start a service's tasks: exactly what the task definition names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.account import Account
from components.iam_policy import Statement, allow, document

_PULL_ACTIONS = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_LOG_ACTIONS = ("logs:CreateLogStream", "logs:PutLogEvents")


@dataclass(frozen=True, kw_only=True)
class Needs:
    """ARNs, all known; no `repository_arns` means: any repository of this account and region."""

    log_group_arn: str
    repository_arns: Sequence[str]
    secret_arns: Sequence[str]
    key_arns: Sequence[str]


def execution_policy(account: Account, needs: Needs) -> str:
    """Pull the image, write the log, read the named secrets; nothing else."""
    statements = [
        # AWS offers no resource to name for this one action.
        allow("RegistryLogin", ["ecr:GetAuthorizationToken"], ["*"]),
        allow("PullImage", _PULL_ACTIONS, needs.repository_arns or [account.arn("ecr", "repository/*")]),
        allow("WriteLog", _LOG_ACTIONS, [f"{needs.log_group_arn}:*"]),
        *_read_secrets(needs.secret_arns),
        *_decrypt_secrets(account, needs.key_arns),
    ]
    return document(*statements)


def _read_secrets(arns: Sequence[str]) -> list[Statement]:
    if not arns:
        return []
    return [allow("ReadSecrets", ["secretsmanager:GetSecretValue"], sorted(set(arns)))]


def _decrypt_secrets(account: Account, key_arns: Sequence[str]) -> list[Statement]:
    if not key_arns:
        return []
    through = f"secretsmanager.{account.region}.{account.dns_suffix}"
    return [
        allow(
            "DecryptSecrets",
            ["kms:Decrypt"],
            sorted(set(key_arns)),
            condition={"StringEquals": {"kms:ViaService": through}},
        )
    ]
