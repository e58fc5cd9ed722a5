"""A vault: where backups are kept, under which key, and who cannot delete them."""

from __future__ import annotations

import re

import pulumi
import pulumi_aws as aws

from components import names
from components.backup_args import BackupArgs, VaultLock
from components.errors import ComponentError
from components.iam_policy import deny, document
from components.key import Key, KeyArgs

_VAULT = names.Limit("backup vault name", 50)  # AWS: CreateBackupVault (botocore 1.44.5), read 2026-11
_NAME = re.compile(r"[A-Za-z0-9_-]+")
# What ends a backup before its time, or takes its protection away.
_DESTRUCTIVE = ("backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle",
    "backup:DisassociateRecoveryPoint", "backup:DisassociateRecoveryPointFromParent")  # fmt: skip


def check_vault_name(where: str, name: str) -> None:
    """Refuses what cannot begin a vault's name."""
    names.fit(name, _VAULT)
    if not _NAME.fullmatch(name):
        raise ComponentError(
            where,
            f"`{name}` cannot begin a vault's name",
            expected="letters, digits, hyphens and underscores",
            fix="rename the component",
        )


def make_vault(
    parent: pulumi.Resource,
    name: str,
    args: BackupArgs,
    *,
    kms_key_arn: pulumi.Input[str] | None,
    region: str | None = None,
) -> aws.backup.Vault:
    """An encrypted vault in `region` (None: the stack's), locked and guarded as `args` say."""
    vault = aws.backup.Vault(
        name,
        kms_key_arn=_key(parent, name, args, region) if kms_key_arn is None else kms_key_arn,
        force_destroy=args.force_destroy,
        region=region,
        tags={**args.tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect or None),
    )
    if args.lock is not None:
        _lock(parent, name, vault, args.lock, region)
    if args.deny_deletion:
        _guard(parent, name, vault, region)
    return vault


def vault_policy(vault_arn: str) -> str:
    """Nobody deletes a backup, shortens its life or lets go of it; its schedule does, when its time has come."""
    return document(
        deny("NobodyEndsABackupEarly", _DESTRUCTIVE, ["*"], principal="*"),
        deny("NobodyDeletesTheVault", ["backup:DeleteBackupVault"], [vault_arn], principal="*"),
    )


def _key(parent: pulumi.Resource, name: str, args: BackupArgs, region: str | None) -> pulumi.Output[str]:
    key = KeyArgs(
        alias=name, description=f"Backups in {name}", region=region, protect=args.protect, tags=args.tags
    )
    return Key(f"{name}-key", key, pulumi.ResourceOptions(parent=parent)).arn


def _lock(
    parent: pulumi.Resource, name: str, vault: aws.backup.Vault, lock: VaultLock, region: str | None
) -> None:
    aws.backup.VaultLockConfiguration(
        f"{name}-lock",
        backup_vault_name=vault.name,
        min_retention_days=lock.min_days,
        max_retention_days=lock.max_days,
        # With a cooling-off AWS makes it a compliance lock, without one a governance lock.
        changeable_for_days=lock.cooling_off_days,
        region=region,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _guard(parent: pulumi.Resource, name: str, vault: aws.backup.Vault, region: str | None) -> None:
    aws.backup.VaultPolicy(
        f"{name}-policy",
        backup_vault_name=vault.name,
        policy=vault.arn.apply(vault_policy),
        region=region,
        opts=pulumi.ResourceOptions(parent=parent),
    )
