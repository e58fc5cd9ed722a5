"""Look-ups of backup vaults."""

from __future__ import annotations

import pytest

from simcloud.context import Context
from simcloud.refusal import Refusal
from tests.simcloud.test_invokes import ask, ctx

__all__ = ["ctx"]
VAULT = "aws:backup/getVault:getVault"


def test_vault(ctx: Context) -> None:
    ctx.client("backup").create_backup_vault(BackupVaultName="la-prod", BackupVaultTags={"Name": "la"})
    found = ask(ctx, VAULT, {"name": "la-prod"})
    assert found["arn"] == "arn:aws:backup:us-east-1:123456789012:backup-vault:la-prod"
    assert (found["id"], found["recoveryPoints"], found["tags"]) == ("la-prod", 0, {"Name": "la"})
    assert (
        found["kmsKeyArn"] == ctx.client("kms").describe_key(KeyId="alias/aws/backup")["KeyMetadata"]["Arn"]
    )


def test_vault_that_does_not_exist(ctx: Context) -> None:
    with pytest.raises(Refusal, match="ResourceNotFoundException"):
        ask(ctx, VAULT, {"name": "none"})
