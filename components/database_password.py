"""The master password of a database: RDS's own, or a generated secret."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.credentials import Credentials
from components.database_args import DatabaseArgs
from components.generated_secret import GeneratedSecret, GeneratedSecretArgs
from components.secret_ref import SecretRef


@dataclass(frozen=True, kw_only=True)
class Password:
    """`generated` None: RDS manages the password."""

    generated: GeneratedSecret | None
    version: int


def make_password(parent: pulumi.Resource, name: str, args: DatabaseArgs, kind: Credentials) -> Password:
    """The password's secret, unless RDS makes its own."""
    if kind is Credentials.MANAGED:
        return Password(generated=None, version=args.credentials_version)
    secret = GeneratedSecretArgs(
        description=f"Master user of the database {name}",
        generated_field="password",
        fixed_fields={"username": args.username},
        version=args.credentials_version,
        kms_key_arn=args.kms_key_arn,
        copies=copies(args),
        recovery_window_days=args.secret_recovery_window_days,
        protect=args.protect,
        tags=args.tags,
    )
    generated = GeneratedSecret(f"{name}-credentials", secret, pulumi.ResourceOptions(parent=parent))
    return Password(generated=generated, version=args.credentials_version)


def copies(args: DatabaseArgs) -> dict[str, pulumi.Input[str]]:
    """The regions in which somebody logs in who has no other way to the password, with a key of each."""
    return {} if args.followed is None else {args.followed.region: args.followed.kms_key_arn}


def secret_of(
    managed_secret_arn: pulumi.Output[str], password: Password, kms_key_arn: pulumi.Input[str] | None
) -> SecretRef:
    """The secret with the JSON fields `username` and `password`."""
    arn = managed_secret_arn if password.generated is None else password.generated.arn
    return SecretRef(arn=arn, kms_key_arn=kms_key_arn)
