"""Who may use an environment's encryption key, and for what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from components.account import Account
from components.iam_policy import Statement, allow, document

# AWS: "Encrypt log data in CloudWatch Logs using AWS KMS", the key policy shown there; per reference notes.
_LOGS_ACTIONS = ("kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")
# AWS: "Managing Amazon SNS encryption keys and costs", section on event sources and encrypted topics, read 2026-11;
# for the last two "Creating an Amazon SNS topic for budget notifications" and "… for anomaly notifications".
_PUBLISH_ACTIONS = ("kms:Decrypt", "kms:GenerateDataKey*")
_PUBLISHERS = ("cloudwatch", "events.rds", "budgets", "costalerts")
# AWS: "Default key policy", what lets principals use a key and let AWS's services use it for them; per reference notes.
_USE_ACTIONS = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey")  # fmt: skip


class KeyUser(StrEnum):
    """Who, besides log groups and what tells topics something, may use a key directly, without an IAM policy."""

    TRAILS = "trails"
    EVENTS = "events"
    SECRET_READERS = "secret-readers"


def key_policy(account: Account, users: Sequence[KeyUser] = (), role_arns: Sequence[str] = ()) -> str:
    """The account decides through IAM; log groups, publishers, `users` and `role_arns` may use the key directly."""
    named = [_STATEMENTS[user](account) for user in dict.fromkeys(users)]
    roles = [_roles(role_arns)] if role_arns else []
    return document(_account(account), _log_groups(account), _messages(account), *named, *roles)


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


def _messages(account: Account) -> Statement:
    return allow(
        "MessagesToEncryptedTopics",
        _PUBLISH_ACTIONS,
        ["*"],
        principal={"Service": [f"{service}.amazonaws.com" for service in _PUBLISHERS]},
        condition={"StringEquals": {"aws:SourceAccount": account.id}},
    )


def _trails(account: Account) -> Statement:
    # Decrypt, because our buckets have bucket keys, and DescribeKey when a trail is made.
    # AWS: "Configure AWS KMS key policies for CloudTrail", CloudTrail User Guide, read 2026-11
    return allow(
        "TrailsOfThisAccount",
        ["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"],
        ["*"],
        principal={"Service": "cloudtrail.amazonaws.com"},
        condition={
            "ArnLike": {"aws:SourceArn": f"arn:{account.partition}:cloudtrail:*:{account.id}:trail/*"}
        },
    )


def _events(_account: Account) -> Statement:
    # For EventBridge the policy of a key can have no such condition (page of _PUBLISH_ACTIONS, "Important").
    return allow(
        "EventsPublishToEncryptedTopics",
        _PUBLISH_ACTIONS,
        ["*"],
        principal={"Service": "events.amazonaws.com"},
    )


def _secret_readers(account: Account) -> Statement:
    # Who may read a secret may decrypt it, and nothing else: so a policy need not name the key.
    # AWS: "Secret encryption and decryption in AWS Secrets Manager", the policy of aws/secretsmanager;
    # per reference notes.
    return allow(
        "WhoeverMayReadTheSecret",
        ["kms:Decrypt"],
        ["*"],
        principal={"AWS": "*"},
        condition={
            "StringEquals": {
                "kms:CallerAccount": account.id,
                "kms:ViaService": f"secretsmanager.{account.region}.{account.dns_suffix}",
            }
        },
    )


def _roles(role_arns: Sequence[str]) -> Statement:
    return {
        **allow("NamedRoles", _USE_ACTIONS, ["*"]),
        "Principal": {"AWS": list(role_arns)},
    }


_STATEMENTS: Mapping[KeyUser, Callable[[Account], Statement]] = {
    KeyUser.TRAILS: _trails,
    KeyUser.EVENTS: _events,
    KeyUser.SECRET_READERS: _secret_readers,
}
