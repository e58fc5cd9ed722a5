from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: PutBackupVaultLockConfiguration, AWS Backup API reference: 1 day to 36,500 days, three days to think it over;
# the three days read 2026-11, the others from memory of AWS's documentation, not verified.
_RANGES = {"minRetentionDays": (1, 36_500), "maxRetentionDays": (1, 36_500), "changeableForDays": (3, 36_500)}


class VaultLockConfiguration(Binding):
    """How long a vault must keep, with a date after which nobody can change it. The id is the vault's name."""

    token = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
    service = "backup"
    operation = "put_backup_vault_lock_configuration"
    replaces = frozenset({"backupVaultName", *_RANGES})
    references = (Reference("backupVaultName", "backup_vault"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "BackupVaultName": new["backupVaultName"],
                "MinRetentionDays": new.get("minRetentionDays"),
                "MaxRetentionDays": new.get("maxRetentionDays"),
                "ChangeableForDays": new.get("changeableForDays"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["backupVaultName"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        vault = ctx.client("backup").describe_backup_vault(BackupVaultName=identity)
        if not vault.get("Locked"):
            return None
        return {
            "backupVaultName": vault["BackupVaultName"],
            "backupVaultArn": vault["BackupVaultArn"],
            "minRetentionDays": vault.get("MinRetentionDays"),
            "maxRetentionDays": vault.get("MaxRetentionDays"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("backup").delete_backup_vault_lock_configuration(BackupVaultName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for name, (low, high) in _RANGES.items():
            days = new.get(name)
            if isinstance(days, int | float) and not low <= days <= high:
                yield _invalid(f"{name} is {days:g}, must be {low} to {high}.", name)
        least, most = new.get("minRetentionDays"), new.get("maxRetentionDays")
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield _invalid("MinRetentionDays cannot be greater than MaxRetentionDays.", "minRetentionDays")


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValueException", message, path)
