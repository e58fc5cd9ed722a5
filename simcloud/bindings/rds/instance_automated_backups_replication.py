from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class InstanceAutomatedBackupsReplication(Binding):
    """The automated backups of an instance, in another region. The id is the ARN of the copy."""

    token = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
    service = "rds"
    operation = "start_db_instance_automated_backups_replication"
    parameters = {"SourceDBInstanceArn": "sourceDbInstanceArn", "BackupRetentionPeriod": "retentionPeriod"}
    replaces = frozenset({"kmsKeyId", "preSignedUrl", "retentionPeriod", "sourceDbInstanceArn"})
    defaults = {"retentionPeriod": 7}
    references = (Reference("sourceDbInstanceArn", "backed_up_instance"), Reference("kmsKeyId", "kms_key"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "SourceDBInstanceArn": new["sourceDbInstanceArn"],
                "BackupRetentionPeriod": new["retentionPeriod"],
                "KmsKeyId": new.get("kmsKeyId"),
                "PreSignedUrl": new.get("preSignedUrl"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBInstanceAutomatedBackup"]["DBInstanceAutomatedBackupsArn"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("rds").describe_db_instance_automated_backups(
            DBInstanceAutomatedBackupsArn=identity
        )
        backup = found["DBInstanceAutomatedBackups"][0]
        return {
            "sourceDbInstanceArn": backup["DBInstanceArn"],
            "retentionPeriod": backup["BackupRetentionPeriod"],
            "kmsKeyId": backup.get("KmsKeyId", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").stop_db_instance_automated_backups_replication(
            SourceDBInstanceArn=old["sourceDbInstanceArn"]
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        source, days = new["sourceDbInstanceArn"], new["retentionPeriod"]
        # From memory of AWS's documentation, not verified: StartDBInstanceAutomatedBackupsReplication.
        if isinstance(source, str) and not source.startswith(f"arn:{ctx.partition}:rds:"):
            yield Refusal(
                "InvalidParameterValue", f"{source!r} is not the ARN of a database.", "sourceDbInstanceArn"
            )
        elif isinstance(source, str) and source.split(":")[3] == ctx.region:
            yield Refusal(
                "InvalidParameterValue",
                f"the instance is in {ctx.region} itself; its backups are copied to another region.",
                "sourceDbInstanceArn",
                "give the replication a region of its own, or a provider for another region.",
            )
        if isinstance(days, int | float) and not 1 <= days <= 35:
            yield Refusal(
                "InvalidParameterValue",
                f"Invalid backup retention period: {days:g}; 1 to 35 days.",
                "retentionPeriod",
            )
