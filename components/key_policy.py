"""Who may use an environment's encryption key, and for what."""

from __future__ import annotations

from components.account import Account
from components.iam_policy import Statement, allow, document

# AWS: "Encrypt log data in CloudWatch Logs using AWS KMS", the key policy shown there; per reference notes.
_LOGS_ACTIONS = ("kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")
# AWS: "Amazon SNS Key management", section on event sources and encrypted topics; per reference notes.
_PUBLISH_ACTIONS = ("kms:Decrypt", "kms:GenerateDataKey*")


def key_policy(account: Account) -> str:
    """The account decides through IAM; log groups and alarms of this account may use the key directly."""
    return document(_account(account), _log_groups(account), _alarms(account))


def _account(account: Account) -> Statement:
    root = f"arn:{account.partition}:iam::{account.id}:root"
    return allow("AccountDecidesThroughIam", ["kms:*"], ["*"], principal={"AWS": root})


def _log_groups(account: Account) -> Statement:
    return allow(
        "LogGroupsOfThisAccount",
        _LOGS_ACTIONS,
        ["*"],
        principal={"Service": f"logs.{account.region}.{account.dns_suffix}"},
        condition={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": account.arn("logs", "*")}},
    )


def _alarms(account: Account) -> Statement:
    return allow(
        "AlarmsPublishToEncryptedTopics",
        _PUBLISH_ACTIONS,
        ["*"],
        principal={"Service": "cloudwatch.amazonaws.com"},
        condition={"StringEquals": {"aws:SourceAccount": account.id}},
    )
