"""What other resources name of AWS Backup."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _vault(ctx: Context, value: str) -> Any:
    return ctx.client("backup").describe_backup_vault(BackupVaultName=value.rsplit(":", 1)[-1])


def _plan(ctx: Context, value: str) -> bool:
    return "DeletionDate" not in ctx.client("backup").get_backup_plan(BackupPlanId=value)


def _restore_testing_plan(ctx: Context, value: str) -> Any:
    return ctx.client("backup").get_restore_testing_plan(RestoreTestingPlanName=value)


_MISSING = "ResourceNotFoundException"

RESOLVERS = {
    "backup_vault": Resolver(_MISSING, "Backup vault {value} not found.", _vault),
    "backup_copy_vault": Resolver(_MISSING, "Backup vault {value} not found.", _vault, any_region=True),
    "backup_plan": Resolver(_MISSING, "Cannot find Backup plan with ID {value}.", _plan, given_out=True),
    "restore_testing_plan": Resolver(
        _MISSING, "Restore testing plan {value} not found.", _restore_testing_plan
    ),
}
