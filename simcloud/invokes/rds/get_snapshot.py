from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.rds._newest import only
from simcloud.tagging import mapping
from simcloud.values import Props, without_none


def get_snapshot(ctx: Context, args: Props) -> Props:
    """A snapshot of an instance: the one that fits, or the newest of them."""
    params = without_none(
        {
            "DBInstanceIdentifier": args.get("dbInstanceIdentifier"),
            "DBSnapshotIdentifier": args.get("dbSnapshotIdentifier"),
            "SnapshotType": args.get("snapshotType"),
        }
    )
    found = only(ctx.client("rds").describe_db_snapshots(**params)["DBSnapshots"], args, "snapshot")
    return {
        "allocatedStorage": found["AllocatedStorage"],
        "availabilityZone": found.get("AvailabilityZone", ""),
        "dbInstanceIdentifier": found["DBInstanceIdentifier"],
        "dbSnapshotArn": found["DBSnapshotArn"],
        "dbSnapshotIdentifier": found["DBSnapshotIdentifier"],
        "encrypted": found["Encrypted"],
        "engine": found["Engine"],
        "engineVersion": found["EngineVersion"],
        "id": found["DBSnapshotIdentifier"],
        "includePublic": args.get("includePublic"),
        "includeShared": args.get("includeShared"),
        "iops": found.get("Iops", 0),
        "kmsKeyId": found.get("KmsKeyId", ""),
        "licenseModel": found.get("LicenseModel", ""),
        "mostRecent": args.get("mostRecent"),
        "optionGroupName": found.get("OptionGroupName", ""),
        "originalSnapshotCreateTime": found["OriginalSnapshotCreateTime"].isoformat(),
        "port": found["Port"],
        "region": ctx.region,
        "snapshotCreateTime": found["SnapshotCreateTime"].isoformat(),
        "snapshotType": args.get("snapshotType"),
        "sourceDbSnapshotIdentifier": found.get("SourceDBSnapshotIdentifier", ""),
        "sourceRegion": found.get("SourceRegion", ""),
        "status": found["Status"],
        "storageType": found.get("StorageType", ""),
        "tags": mapping(found.get("TagList")),
        "vpcId": found.get("VpcId", ""),
    }
