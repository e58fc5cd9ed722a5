from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.rds import _changes, _cluster_rules, _global
from simcloud.bindings.rds._cluster_outputs import outputs
from simcloud.bindings.rds._cluster_parameters import (
    AFTER_RESTORE,
    CHANGE,
    CREATION,
    NOT_FOR_POINTS_IN_TIME,
    NOT_FOR_RESTORES,
    creation,
    scaling,
)
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Cluster(Binding):
    """A database cluster: Aurora, whose instances are resources of their own, or Multi-AZ, which comes with three."""

    token = "aws:rds/cluster:Cluster"
    service = "rds"
    operation = "create_db_cluster"
    parameters = {
        **{parameter: name for name, parameter in CREATION.items()},
        "MasterUserPassword": "masterPassword",
        "ServerlessV2ScalingConfiguration": "serverlessv2ScalingConfiguration",
    }
    replaces = frozenset(
        {
            "availabilityZones", "clusterIdentifier", "clusterIdentifierPrefix", "clusterScalabilityType",
            "databaseName", "dbSubnetGroupName", "dbSystemId", "engine", "engineMode", "kmsKeyId", "masterUsername",
            "publiclyAccessible", "restoreToPointInTime", "s3Import", "snapshotIdentifier", "sourceRegion",
            "storageEncrypted",
        }
    )  # fmt: skip
    defaults = {
        "copyTagsToSnapshot": False,
        "deleteAutomatedBackups": True,
        "enableGlobalWriteForwarding": False,
        "enableHttpEndpoint": False,
        "enableLocalWriteForwarding": False,
        "engineMode": "provisioned",
        "skipFinalSnapshot": False,
    }
    autoname = AutoName("clusterIdentifier", limit=63, lower=True)
    tagging = tagging.RDS
    protected_by = "deletionProtection"
    references = (
        Reference("dbSubnetGroupName", "db_subnet_group"),
        Reference("dbClusterParameterGroupName", "db_cluster_parameter_group"),
        Reference("dbInstanceParameterGroupName", "db_parameter_group"),
        Reference("vpcSecurityGroupIds[]", "security_group"),
        Reference("kmsKeyId", "kms_key"),
        Reference("masterUserSecretKmsKeyId", "kms_key"),
        Reference("performanceInsightsKmsKeyId", "kms_key"),
        Reference("monitoringRoleArn", "role"),
        Reference("iamRoles[]", "role"),
        Reference("globalClusterIdentifier", "global_cluster"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        password = new.get("masterPassword", new.get("masterPasswordWo"))
        return {**creation(new), **without_none({"MasterUserPassword": password})}

    def create(self, ctx: Context, new: Props) -> str:
        rds = ctx.client("rds")
        if "snapshotIdentifier" in new:
            rds.restore_db_cluster_from_snapshot(
                SnapshotIdentifier=new["snapshotIdentifier"], **creation(new, NOT_FOR_RESTORES)
            )
            _after_restore(rds, new)
        elif "restoreToPointInTime" in new:
            rds.restore_db_cluster_to_point_in_time(
                **_point_in_time(new), **creation(new, NOT_FOR_POINTS_IN_TIME)
            )
            _after_restore(rds, new)
        else:
            rds.create_db_cluster(**self.request(ctx, new))
        return str(new["clusterIdentifier"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        rds = ctx.client("rds")
        _sync_roles(rds, identity, new, old)
        if not old:
            return
        if old.get("replicationSourceIdentifier") and not new.get("replicationSourceIdentifier"):
            rds.promote_read_replica_db_cluster(DBClusterIdentifier=identity)
        _global.leave(ctx, identity, old.get("globalClusterIdentifier"), new.get("globalClusterIdentifier"))
        changes = without_none(
            {CHANGE[name]: new.get(name) for name in CHANGE if new.get(name) != old.get(name)}
        )
        changes.update(_changes.password(new, old, "masterPassword"), **_changes.log_exports(new, old))
        changes.update({} if scaling(new) == scaling(old) else scaling(new))
        if changes:
            changes["AllowMajorVersionUpgrade"] = bool(new.get("allowMajorVersionUpgrade"))
            changes["ApplyImmediately"] = bool(new.get("applyImmediately"))
            rds.modify_db_cluster(DBClusterIdentifier=identity, **changes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("rds").describe_db_clusters(DBClusterIdentifier=identity)["DBClusters"][0]
        return {
            **outputs(found, given),
            "globalClusterIdentifier": _global.of_cluster(ctx, found["DBClusterArn"]),
        }

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """The storage of a Multi-AZ cluster is of one type for good; Aurora's can be changed."""
        return frozenset({"storageType"}) if new.get("dbClusterInstanceClass") else frozenset()

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        params: Params = {"DeleteAutomatedBackups": old.get("deleteAutomatedBackups", True)}
        if old.get("skipFinalSnapshot"):
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
        _global.leave(ctx, identity, old.get("globalClusterIdentifier"), None)
        ctx.client("rds").delete_db_cluster(DBClusterIdentifier=identity, **params)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _cluster_rules.problems(ctx, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _cluster_rules.presence(ctx, new)


def _point_in_time(new: Props) -> Params:
    given: Mapping[str, Any] = new["restoreToPointInTime"]
    return without_none(
        {
            "SourceDBClusterIdentifier": given.get("sourceClusterIdentifier"),
            "SourceDbClusterResourceId": given.get("sourceClusterResourceId"),
            "RestoreToTime": given.get("restoreToTime"),
            "RestoreType": given.get("restoreType"),
            "UseLatestRestorableTime": given.get("useLatestRestorableTime"),
        }
    )


def _after_restore(rds: Any, new: Props) -> None:
    changes = {CHANGE[name]: new[name] for name in AFTER_RESTORE if name in new}
    changes.update(_changes.password(new, {}, "masterPassword"))
    if changes:
        rds.modify_db_cluster(DBClusterIdentifier=new["clusterIdentifier"], ApplyImmediately=True, **changes)


def _sync_roles(rds: Any, identity: str, new: Props, old: Props) -> None:
    after, before = (set(props.get("iamRoles") or ()) for props in (new, old))
    for role in sorted(before - after):
        rds.remove_role_from_db_cluster(DBClusterIdentifier=identity, RoleArn=role)
    for role in sorted(after - before):
        rds.add_role_to_db_cluster(DBClusterIdentifier=identity, RoleArn=role)
