"""Automated backups in another region, which moto lacks."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random
from moto.rds.exceptions import DBInstanceNotFoundError, RDSClientError
from moto.rds.models import rds_backends
from moto.rds.responses import RDSResponse

from simcloud.patches import adds, around
from simcloud.patches.rds import key_arn


@adds(RDSResponse)
def start_db_instance_automated_backups_replication(self: Any) -> Any:
    """AWS: copies the backups of an instance here; moto: not implemented."""
    source, kept = self.params["SourceDBInstanceArn"], _kept(self.backend)
    instance = _instance(self.current_account, source)
    if any(backup["DBInstanceArn"] == source for backup in kept.values()):
        raise RDSClientError(
            "InvalidDBInstanceState", f"The backups of {source} are replicated to {self.region} already."
        )
    if instance.backup_retention_period == 0:
        raise RDSClientError("InvalidDBInstanceState", f"Automated backups are not enabled for {source}.")
    key = self.params.get("KmsKeyId")
    if instance.storage_encrypted and not key:
        raise RDSClientError(
            "InvalidParameterCombination", "KmsKeyId is required for the backups of an encrypted instance."
        )
    name = f"ab-{mock_random.get_random_hex(33)}"
    arn = f"arn:aws:rds:{self.region}:{self.current_account}:auto-backup:{name}"
    kept[arn] = {
        "DBInstanceArn": source,
        "DbiResourceId": instance.dbi_resource_id,
        "Region": instance.region,
        "DBInstanceIdentifier": instance.db_instance_identifier,
        "Status": "replicating",
        "Engine": instance.engine,
        "EngineVersion": instance.engine_version,
        "Encrypted": bool(instance.storage_encrypted),
        "KmsKeyId": key_arn(self.backend, key) if key else None,
        "BackupRetentionPeriod": self.params.get("BackupRetentionPeriod") or 7,
        "DBInstanceAutomatedBackupsArn": arn,
    }
    return ActionResult({"DBInstanceAutomatedBackup": kept[arn]})


@adds(RDSResponse)
def stop_db_instance_automated_backups_replication(self: Any) -> Any:
    """AWS: ends it; moto: not implemented."""
    source, kept = self.params["SourceDBInstanceArn"], _kept(self.backend)
    found = [arn for arn, backup in kept.items() if backup["DBInstanceArn"] == source]
    if not found:
        raise DBInstanceNotFoundError(source)
    return ActionResult({"DBInstanceAutomatedBackup": {**kept.pop(found[0]), "Status": "stopped"}})


@around(RDSResponse)
def describe_db_instance_automated_backups(original: Any, self: Any) -> Any:
    """AWS: with those of other regions; moto: without."""
    arn, kept = self.params.get("DBInstanceAutomatedBackupsArn"), _kept(self.backend)
    if arn is None:
        answer = original(self)
        listed = [*answer.result["DBInstanceAutomatedBackups"], *kept.values()] if not self.params else []
        return ActionResult({"DBInstanceAutomatedBackups": listed}) if listed else answer
    if arn not in kept:
        raise RDSClientError("DBInstanceAutomatedBackupNotFound", f"No automated backup {arn}.")
    return ActionResult({"DBInstanceAutomatedBackups": [kept[arn]]})


def _instance(account: str, arn: str) -> Any:
    databases = rds_backends[account][arn.split(":")[3]].databases
    if arn.rsplit(":", 1)[-1] not in databases:
        raise DBInstanceNotFoundError(arn)
    return databases[arn.rsplit(":", 1)[-1]]


def _kept(backend: Any) -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = vars(backend).setdefault("replicated_backups", {})
    return kept
