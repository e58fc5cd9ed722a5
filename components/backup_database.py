"""A database's automated backups and snapshots, in a second region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError
from components.key import Key, KeyArgs

# AWS: StartDBInstanceAutomatedBackupsReplication, BackupRetentionPeriod; per reference notes.
_MOST_DAYS = 35
_INSTANCE = re.compile(r"arn:[a-z-]+:rds:[a-z0-9-]+:\d{12}:db:\S+")


@dataclass(frozen=True, kw_only=True)
class DatabaseBackupReplicationArgs:
    """`database_arn` is the instance's; every second of its last `retention_days` (1 to 35) is restorable in `region`.

    `kms_key_arn` is a key of `region`; None makes one there, for the instance's own key cannot leave its region.
    `snapshots` copies snapshots once, by name to ARN: those that were made by hand, before a release for example.
    """

    database_arn: pulumi.Input[str]
    region: str
    retention_days: int = 7
    kms_key_arn: pulumi.Input[str] | None = None
    snapshots: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class DatabaseBackupReplication(pulumi.ComponentResource):
    """Backups with their transaction logs, kept where an outage of the database's region does not reach them."""

    component_name: str
    kms_key_arn: pulumi.Input[str]
    snapshot_arns: Mapping[str, pulumi.Output[str]]

    def __init__(
        self, name: str, args: DatabaseBackupReplicationArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        _check(name, args)
        super().__init__("plinth:backup:DatabaseBackupReplication", name, {}, opts)
        self.component_name, self._args = name, args
        self.kms_key_arn = self._key().arn if args.kms_key_arn is None else args.kms_key_arn
        aws.rds.InstanceAutomatedBackupsReplication(
            name,
            source_db_instance_arn=args.database_arn,
            retention_period=args.retention_days,
            kms_key_id=self.kms_key_arn,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect or None),
        )
        self.snapshot_arns = {label: self._copy(label, source) for label, source in args.snapshots.items()}
        self.register_outputs({"kms_key_arn": self.kms_key_arn, "snapshot_arns": dict(self.snapshot_arns)})

    def _key(self) -> Key:
        key = KeyArgs(
            alias=self.component_name,
            description=f"Backups of a database, in {self._args.region}",
            region=self._args.region,
            protect=self._args.protect,
            tags=self._args.tags,
        )
        return Key(f"{self.component_name}-key", key, pulumi.ResourceOptions(parent=self))

    def _copy(self, label: str, source_arn: pulumi.Input[str]) -> pulumi.Output[str]:
        name = f"{self.component_name}-{label}"
        return aws.rds.SnapshotCopy(
            name,
            source_db_snapshot_identifier=source_arn,
            target_db_snapshot_identifier=name,
            kms_key_id=self.kms_key_arn,
            copy_tags=True,
            region=self._args.region,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=self._args.protect or None),
        ).db_snapshot_arn


def _check(where: str, args: DatabaseBackupReplicationArgs) -> None:
    if isinstance(args.database_arn, str) and not _INSTANCE.fullmatch(args.database_arn):
        raise ComponentError(
            where,
            f"`{args.database_arn}` is not the ARN of a database instance",
            expected="arn:<partition>:rds:<region>:<account>:db:<name>",
            fix="give the ARN that RDS shows",
        )
    if not 1 <= args.retention_days <= _MOST_DAYS:
        raise ComponentError(
            where,
            f"backups are replicated for {args.retention_days} days",
            expected=f"1 to {_MOST_DAYS} days",
            fix="correct `retention_days`, and let Backup keep what is older",
        )
    if args.region == _home(args):
        raise ComponentError(
            where,
            f"the database and the replica of its backups are both in {args.region}",
            expected="another region",
            fix="change `region`",
        )


def _home(args: DatabaseBackupReplicationArgs) -> str | None:
    """The database's region, where it is known before anything is made."""
    if isinstance(args.database_arn, str):
        return args.database_arn.split(":")[3]
    return aws.config.region
