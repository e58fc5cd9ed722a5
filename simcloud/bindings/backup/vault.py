from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.backup import _tagging
from simcloud.context import Context
from simcloud.values import Props, without_none


class Vault(Binding):
    """Where recovery points are kept. No backup ever runs here: every vault is empty."""

    token = "aws:backup/vault:Vault"
    service = "backup"
    operation = "create_backup_vault"
    parameters = {"BackupVaultName": "name"}
    replaces = frozenset({"name", "kmsKeyArn"})
    defaults = {"forceDestroy": False}
    autoname = AutoName(limit=50)
    tagging = _tagging.BACKUP
    references = (Reference("kmsKeyArn", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({"BackupVaultName": new["name"], "EncryptionKeyArn": new.get("kmsKeyArn")})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["BackupVaultName"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        vault = ctx.client("backup").describe_backup_vault(BackupVaultName=identity)
        return {
            "arn": vault["BackupVaultArn"],
            "name": vault["BackupVaultName"],
            "kmsKeyArn": vault["EncryptionKeyArn"],
            "recoveryPoints": vault["NumberOfRecoveryPoints"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("backup").delete_backup_vault(BackupVaultName=identity)
