from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_GRAMMAR = policy_document.Grammar("InvalidParameterValueException", principal=True, free_sid=True)


class VaultPolicy(Binding):
    """Who may do what with a vault. The id is the vault's name."""

    token = "aws:backup/vaultPolicy:VaultPolicy"
    service = "backup"
    operation = "put_backup_vault_access_policy"
    replaces = frozenset({"backupVaultName"})
    references = (Reference("backupVaultName", "backup_vault"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"BackupVaultName": new["backupVaultName"], "Policy": new["policy"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["backupVaultName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("backup").put_backup_vault_access_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("backup").get_backup_vault_access_policy(BackupVaultName=identity)
        return {
            "backupVaultName": found["BackupVaultName"],
            "backupVaultArn": found["BackupVaultArn"],
            "policy": found["Policy"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("backup").delete_backup_vault_access_policy(BackupVaultName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", _GRAMMAR)
