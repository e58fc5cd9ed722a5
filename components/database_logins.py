"""A secret for each of the two users that take turns: a proxy knows a user by a secret that is always his."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.database_args import DatabaseArgs
from components.secret_ref import SecretRef


def make_logins(
    parent: pulumi.Resource, name: str, args: DatabaseArgs, owner: str
) -> Mapping[str, SecretRef]:
    """By user; empty until the function that changes passwords has run for the first time."""
    if args.proxy is None:
        return {}
    return {f"{owner}_{letter}": _login(parent, f"{name}-login-{letter}", args) for letter in "ab"}


def _login(parent: pulumi.Resource, full: str, args: DatabaseArgs) -> SecretRef:
    secret = aws.secretsmanager.Secret(
        full,
        description="One user of the applications, for the proxy",
        kms_key_id=args.kms_key_arn,
        recovery_window_in_days=args.secret_recovery_window_days,
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect or None),
    )
    return SecretRef(arn=secret.arn, kms_key_arn=args.kms_key_arn)
