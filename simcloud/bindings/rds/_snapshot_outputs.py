"""What RDS says about a snapshot of an instance, in the provider's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.bindings.rds import _sharing
from simcloud.context import Context
from simcloud.values import Props


def outputs(ctx: Context, identity: str) -> tuple[Mapping[str, Any], Props]:
    """The snapshot as AWS tells it, and the properties that all its types have."""
    rds = ctx.client("rds")
    found = rds.describe_db_snapshots(DBSnapshotIdentifier=identity)["DBSnapshots"][0]
    attributes = rds.describe_db_snapshot_attributes(DBSnapshotIdentifier=identity)
    listed = attributes["DBSnapshotAttributesResult"]["DBSnapshotAttributes"]
    return found, {
        "allocatedStorage": found["AllocatedStorage"],
        "availabilityZone": found.get("AvailabilityZone", ""),
        "dbSnapshotArn": found["DBSnapshotArn"],
        "encrypted": found["Encrypted"],
        "engine": found["Engine"],
        "engineVersion": found["EngineVersion"],
        "iops": found.get("Iops", 0),
        "kmsKeyId": found.get("KmsKeyId", ""),
        "licenseModel": found.get("LicenseModel", ""),
        "optionGroupName": found.get("OptionGroupName", ""),
        "port": found["Port"],
        "sharedAccounts": _sharing.accounts(listed),
        "snapshotType": found["SnapshotType"],
        "sourceDbSnapshotIdentifier": found.get("SourceDBSnapshotIdentifier", ""),
        "sourceRegion": found.get("SourceRegion", ""),
        "storageType": found.get("StorageType", ""),
        "vpcId": found.get("VpcId", ""),
    }
