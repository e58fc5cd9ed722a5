"""Who may read secrets: by exact path, or by exact name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from components.account import Account
from components.iam_policy import VERSION, allow, document

READ_ACTIONS = ("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret")
"""All that an application needs: not even a list of the names."""


class Reach(StrEnum):
    """HERE: this region's and account's secrets. EVERYWHERE: those of any, so that one policy serves all."""

    HERE = "here"
    EVERYWHERE = "everywhere"


def path_policy(account: Account, path: str, reach: Reach) -> str:
    """The two reading actions on every secret below `path`, and nothing else."""
    place = "*:*" if reach is Reach.EVERYWHERE else f"{account.region}:{account.id}"
    statement = {
        "Effect": "Allow",
        "Action": list(READ_ACTIONS),
        "Resource": f"arn:{account.partition}:secretsmanager:{place}:secret:{path}/*",
    }
    return json.dumps({"Version": VERSION, "Statement": [statement]})


def slots_policy(account: Account, secret_arns: Sequence[str], kms_key_arn: str) -> str:
    """The two reading actions on exactly these secrets, and their key through Secrets Manager."""
    through = {
        "StringEquals": {"kms:ViaService": f"secretsmanager.{account.region}.{account.dns_suffix}"},
    }
    return document(
        allow("ReadSecrets", READ_ACTIONS, secret_arns),
        allow("DecryptSecrets", ["kms:Decrypt"], [kms_key_arn], condition=through),
    )
