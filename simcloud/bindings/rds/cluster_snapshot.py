from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.rds import _care_rules, _sharing
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ClusterSnapshot(Binding):
    """A database cluster as it was when the snapshot was made."""

    token = "aws:rds/clusterSnapshot:ClusterSnapshot"
    service = "rds"
    operation = "create_db_cluster_snapshot"
    parameters = {
        "DBClusterSnapshotIdentifier": "dbClusterSnapshotIdentifier",
        "DBClusterIdentifier": "dbClusterIdentifier",
    }
    replaces = frozenset({"dbClusterIdentifier", "dbClusterSnapshotIdentifier"})
    tagging = tagging.RDS
    references = (Reference("dbClusterIdentifier", "db_cluster"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DBClusterSnapshotIdentifier": new["dbClusterSnapshotIdentifier"],
            "DBClusterIdentifier": new["dbClusterIdentifier"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBClusterSnapshot"]["DBClusterSnapshotIdentifier"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        modify = ctx.client("rds").modify_db_cluster_snapshot_attribute
        _sharing.share(modify, {"DBClusterSnapshotIdentifier": identity}, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        rds, where = ctx.client("rds"), {"DBClusterSnapshotIdentifier": identity}
        found = rds.describe_db_cluster_snapshots(**where)["DBClusterSnapshots"][0]
        attributes = rds.describe_db_cluster_snapshot_attributes(**where)
        listed = attributes["DBClusterSnapshotAttributesResult"]["DBClusterSnapshotAttributes"]
        return {
            "allocatedStorage": found["AllocatedStorage"],
            "availabilityZones": found["AvailabilityZones"],
            "dbClusterIdentifier": found["DBClusterIdentifier"],
            "dbClusterSnapshotArn": found["DBClusterSnapshotArn"],
            "dbClusterSnapshotIdentifier": found["DBClusterSnapshotIdentifier"],
            "engine": found["Engine"],
            "engineVersion": found["EngineVersion"],
            "kmsKeyId": found.get("KmsKeyId", ""),
            "licenseModel": found.get("LicenseModel", ""),
            "port": found["Port"],
            "sharedAccounts": _sharing.accounts(listed),
            "snapshotType": found["SnapshotType"],
            "sourceDbClusterSnapshotArn": found.get("SourceDBClusterSnapshotArn", ""),
            "status": found["Status"],
            "storageEncrypted": found["StorageEncrypted"],
            "vpcId": found.get("VpcId", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_cluster_snapshot(DBClusterSnapshotIdentifier=identity)

    def tag_key(self, identity: str, state: Props) -> str:
        return str(state["dbClusterSnapshotArn"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _care_rules.snapshot(new["dbClusterSnapshotIdentifier"], "dbClusterSnapshotIdentifier")
