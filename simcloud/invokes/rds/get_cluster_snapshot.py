from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.rds._newest import only
from simcloud.tagging import mapping
from simcloud.values import Props, without_none


def get_cluster_snapshot(ctx: Context, args: Props) -> Props:
    """A snapshot of a cluster: the one that fits, or the newest of them."""
    params = without_none(
        {
            "DBClusterIdentifier": args.get("dbClusterIdentifier"),
            "DBClusterSnapshotIdentifier": args.get("dbClusterSnapshotIdentifier"),
            "SnapshotType": args.get("snapshotType"),
        }
    )
    listed = ctx.client("rds").describe_db_cluster_snapshots(**params)["DBClusterSnapshots"]
    found = only(listed, args, "cluster snapshot")
    return {
        "allocatedStorage": found["AllocatedStorage"],
        "availabilityZones": found["AvailabilityZones"],
        "dbClusterIdentifier": found["DBClusterIdentifier"],
        "dbClusterSnapshotArn": found["DBClusterSnapshotArn"],
        "dbClusterSnapshotIdentifier": found["DBClusterSnapshotIdentifier"],
        "engine": found["Engine"],
        "engineVersion": found["EngineVersion"],
        "id": found["DBClusterSnapshotIdentifier"],
        "includePublic": args.get("includePublic"),
        "includeShared": args.get("includeShared"),
        "kmsKeyId": found.get("KmsKeyId", ""),
        "licenseModel": found.get("LicenseModel", ""),
        "mostRecent": args.get("mostRecent"),
        "port": found["Port"],
        "region": ctx.region,
        "snapshotCreateTime": found["SnapshotCreateTime"].isoformat(),
        "snapshotType": args.get("snapshotType"),
        "sourceDbClusterSnapshotArn": found.get("SourceDBClusterSnapshotArn", ""),
        "status": found["Status"],
        "storageEncrypted": found["StorageEncrypted"],
        "tags": mapping(found.get("TagList")),
        "vpcId": found.get("VpcId", ""),
    }
