"""What is kept besides the data itself: a vault of backups, and a nightly dump."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pulumi

from components.backup import (
    DAILY,
    MONTHLY,
    WEEKLY,
    Backup,
    BackupArgs,
    RestoreTest,
    Schedule,
    Selection,
    VaultLock,
    VaultLockMode,
)
from components.database import Database
from components.relations import Peer
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.dump import Dumps, dump
from stacks.parts.ground import Ground
from stacks.parts.lookouts import Lookouts
from stacks.settings import backup as settings_of_backup
from stacks.settings.root import Settings

COOLING_OFF_DAYS = 3
"""How long a lock that nobody can ever take back can still be taken back; AWS's shortest."""

# AWS: AWS Backup API reference, RestoreTestingRecoveryPointSelection, SelectionWindowDays: 1 to 365, read 2026-11.
LONGEST_WINDOW_DAYS = 365


@dataclass(frozen=True)
class Kept:
    """None where nothing of the kind was asked for."""

    vault: Backup | None
    dumps: Dumps | None

    @property
    def peers(self) -> Sequence[Peer]:
        """Who stands in the private tier for it."""
        return [] if self.dumps is None else [self.dumps.job]

    def told(self) -> Mapping[str, object]:
        """Outputs: where backups and dumps are."""
        vault = {} if self.vault is None else {"backup_vault": self.vault.vault_name}
        return {**vault, **({} if self.dumps is None else self.dumps.told())}


def keep_copies(
    settings: Settings, ground: Ground, data: Data, application: Application, lookouts: Lookouts
) -> Kept:
    """Nothing in a standby: it is a copy itself, and the first region keeps the vault."""
    if settings.standby:
        return Kept(vault=None, dumps=None)
    return Kept(
        vault=_vault(settings, ground, data, lookouts) if settings.backup.plan else None,
        dumps=dump(settings, ground, data, application, lookouts),
    )


def _vault(settings: Settings, ground: Ground, data: Data, lookouts: Lookouts) -> Backup:
    copied = settings.regions.second if settings.regions.backups else None
    locked = settings.backup.lock != "none"
    args = BackupArgs(
        selections={"data": Selection(arns=_kept(ground, data))},
        schedules=_schedules(settings.backup),
        kms_key_arn=ground.key.arn,
        lock=_lock(settings.backup),
        deny_deletion=locked or settings.protection.enabled,
        copy_region=copied,
        copy_kms_key_arn=ground.second_key.arn if copied and ground.second_key else None,
        restore_test=_restore_test(settings.backup, data),
        s3=True,
        topic_arn=lookouts.alarms.warning_topic_arn if settings.alarms.level == "full" else None,
        force_destroy=settings.storage.force_destroy and not locked,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Backup(f"{settings.prefix}-backup", args)


def _kept(ground: Ground, data: Data) -> list[pulumi.Input[str]]:
    """The database, whether it is an instance or a cluster, and the uploaded files."""
    database = [data.database.arn] if isinstance(data.database, Database) else []
    return [*database, ground.uploads.arn]


def _schedules(backup: settings_of_backup.Backup) -> Sequence[Schedule]:
    return (
        replace(DAILY, keep_days=backup.daily_keep_days),
        replace(WEEKLY, keep_days=backup.weekly_keep_days),
        replace(MONTHLY, keep_days=backup.monthly_keep_days),
    )


def _lock(backup: settings_of_backup.Backup) -> VaultLock | None:
    """No backup shorter or longer than the schedules keep theirs."""
    if backup.lock == "none":
        return None
    kept = (backup.daily_keep_days, backup.weekly_keep_days, backup.monthly_keep_days)
    mode = VaultLockMode(backup.lock)
    return VaultLock(
        mode=mode,
        min_days=min(kept),
        max_days=max(kept),
        cooling_off_days=COOLING_OFF_DAYS if mode is VaultLockMode.COMPLIANCE else None,
    )


def _restore_test(backup: settings_of_backup.Backup, data: Data) -> RestoreTest | None:
    """Into the database's own subnets and security group: AWS Backup looks for the account's default ones otherwise.

    AWS: "Restore testing inferred metadata", AWS Backup developer guide, read 2026-11; the form of the list per
    general knowledge.
    """
    database = data.database
    if not backup.restore_test or not isinstance(database, Database):
        return None
    groups = database.security_group_id.apply(lambda group: json.dumps([group]))
    return RestoreTest(
        cron=backup.restore_test_cron,
        metadata={"RDS": {"dbSubnetGroupName": database.subnet_group_name, "vpcSecurityGroupIds": groups}},
        window_days=min(backup.daily_keep_days, LONGEST_WINDOW_DAYS),
    )
