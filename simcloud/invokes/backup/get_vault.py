from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_vault(ctx: Context, args: Props) -> Props:
    """A backup vault by its name."""
    client = ctx.client("backup")
    vault = client.describe_backup_vault(BackupVaultName=args["name"])
    return {
        "arn": vault["BackupVaultArn"],
        "id": vault["BackupVaultName"],
        "kmsKeyArn": vault["EncryptionKeyArn"],
        "name": vault["BackupVaultName"],
        "recoveryPoints": vault["NumberOfRecoveryPoints"],
        "region": ctx.region,
        "tags": client.list_tags(ResourceArn=vault["BackupVaultArn"]).get("Tags") or {},
    }
