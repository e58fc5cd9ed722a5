from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.rds import _changes, _instance_rules
from simcloud.bindings.rds._instance_outputs import outputs
from simcloud.bindings.rds._instance_parameters import (
    AFTER_REPLICATION,
    AFTER_RESTORE,
    CHANGE,
    CREATION,
    NOT_FOR_POINTS_IN_TIME,
    NOT_FOR_REPLICAS,
    NOT_FOR_RESTORES,
)
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, without_none


class Instance(Binding):
    """A database instance: new, a replica, or restored. The id is AWS's resource id, which survives renaming."""

    token = "aws:rds/instance:Instance"
    service = "rds"
    faults = {"DBInstanceAlreadyExists": "identifier", "OptionGroupNotFoundFault": "optionGroupName"}
    operation = "create_db_instance"
    parameters = {
        **{parameter: name for name, parameter in CREATION.items()},
        "MasterUserPassword": "password",
    }
    replaces = frozenset(
        {
            "availabilityZone", "backupTarget", "characterSetName", "customIamInstanceProfile", "dbName", "engine",
            "identifier", "identifierPrefix", "kmsKeyId", "ncharCharacterSetName", "restoreToPointInTime", "s3Import",
            "snapshotIdentifier", "storageEncrypted", "timezone", "username",
        }
    )  # fmt: skip
    defaults = {
        "autoMinorVersionUpgrade": True,
        "copyTagsToSnapshot": False,
        "deleteAutomatedBackups": True,
        "monitoringInterval": 0,
        "performanceInsightsEnabled": False,
        "publiclyAccessible": False,
        "skipFinalSnapshot": False,
    }
    autoname = AutoName("identifier", limit=63, lower=True)
    tagging = tagging.RDS
    protected_by = "deletionProtection"
    references = (
        Reference("dbSubnetGroupName", "db_subnet_group"),
        Reference("parameterGroupName", "db_parameter_group"),
        Reference("vpcSecurityGroupIds[]", "security_group"),
        Reference("kmsKeyId", "kms_key"),
        Reference("masterUserSecretKmsKeyId", "kms_key"),
        Reference("performanceInsightsKmsKeyId", "kms_key"),
        Reference("monitoringRoleArn", "role"),
        Reference("replicateSourceDb", "backed_up_instance"),
        Reference("snapshotIdentifier", "db_snapshot"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        """As for a new instance; `create` picks from it for replicas and restores."""
        params = without_none({parameter: new.get(name) for name, parameter in CREATION.items()})
        password = new.get("password", new.get("passwordWo"))
        inherited = {} if "engine" in new else {"Engine": UNKNOWN}
        return {
            **params,
            **inherited,
            "BackupRetentionPeriod": new.get("backupRetentionPeriod", 0),
            **without_none({"MasterUserPassword": password}),
        }

    def create(self, ctx: Context, new: Props) -> str:
        rds = ctx.client("rds")
        if "replicateSourceDb" in new:
            made = rds.create_db_instance_read_replica(
                SourceDBInstanceIdentifier=new["replicateSourceDb"], **_picked(new, NOT_FOR_REPLICAS)
            )
            _modify(rds, new, {name: CHANGE[name] for name in AFTER_REPLICATION})
        elif "snapshotIdentifier" in new:
            made = rds.restore_db_instance_from_db_snapshot(
                DBSnapshotIdentifier=new["snapshotIdentifier"], **_picked(new, NOT_FOR_RESTORES)
            )
            _after_restore(rds, new)
        elif "restoreToPointInTime" in new:
            made = rds.restore_db_instance_to_point_in_time(
                **_point_in_time(new), **_picked(new, NOT_FOR_POINTS_IN_TIME)
            )
            _after_restore(rds, new)
        else:
            made = rds.create_db_instance(**self.request(ctx, new))
        return str(made["DBInstance"]["DbiResourceId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        rds = ctx.client("rds")
        if old.get("replicateSourceDb") and not new.get("replicateSourceDb"):
            backups = {CHANGE[name]: new.get(name) for name in ("backupRetentionPeriod", "backupWindow")}
            rds.promote_read_replica(DBInstanceIdentifier=new["identifier"], **without_none(backups))
        changes = without_none(
            {CHANGE[name]: new.get(name) for name in CHANGE if new.get(name) != old.get(name)}
        )
        changes.update(_changes.password(new, old), **_changes.log_exports(new, old))
        if changes:
            changes["AllowMajorVersionUpgrade"] = bool(new.get("allowMajorVersionUpgrade"))
            changes["ApplyImmediately"] = bool(new.get("applyImmediately"))
            rds.modify_db_instance(DBInstanceIdentifier=new["identifier"], **changes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        rds = ctx.client("rds")
        filters = [{"Name": "dbi-resource-id", "Values": [identity]}]
        found = rds.describe_db_instances(Filters=filters)["DBInstances"]
        if not found:
            # `pulumi import` may name the instance by its identifier.
            found = rds.describe_db_instances(DBInstanceIdentifier=identity)["DBInstances"]
        return outputs(found[0], given)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        params: Params = {"DeleteAutomatedBackups": old.get("deleteAutomatedBackups", True)}
        if old.get("skipFinalSnapshot") or old.get("replicateSourceDb"):
            params["SkipFinalSnapshot"] = True
        elif old.get("finalSnapshotIdentifier"):
            params["FinalDBSnapshotIdentifier"] = old["finalSnapshotIdentifier"]
        else:
            raise Refusal(
                "InvalidParameterCombination",
                "finalSnapshotIdentifier is required when skipFinalSnapshot is false",
                "finalSnapshotIdentifier",
                "give finalSnapshotIdentifier, or set skipFinalSnapshot; deploy, then delete.",
            )
        ctx.client("rds").delete_db_instance(DBInstanceIdentifier=old["identifier"], **params)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["resourceId"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _instance_rules.problems(ctx, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _instance_rules.presence(ctx, new)


def _picked(new: Props, without: frozenset[str]) -> Params:
    return without_none(
        {parameter: new.get(name) for name, parameter in CREATION.items() if name not in without}
    )


def _point_in_time(new: Props) -> Params:
    given = new["restoreToPointInTime"]
    return without_none(
        {
            "TargetDBInstanceIdentifier": new["identifier"],
            "SourceDBInstanceIdentifier": given.get("sourceDbInstanceIdentifier"),
            "SourceDbiResourceId": given.get("sourceDbiResourceId"),
            "RestoreTime": given.get("restoreTime"),
            "UseLatestRestorableTime": given.get("useLatestRestorableTime"),
        }
    )


def _after_restore(rds: Any, new: Props) -> None:
    _modify(rds, new, {name: CHANGE[name] for name in AFTER_RESTORE}, _changes.password(new, {}))


def _modify(rds: Any, new: Props, names: Mapping[str, str], more: Params | None = None) -> None:
    changes = {**{parameter: new[name] for name, parameter in names.items() if name in new}, **(more or {})}
    if changes:
        rds.modify_db_instance(DBInstanceIdentifier=new["identifier"], ApplyImmediately=True, **changes)
