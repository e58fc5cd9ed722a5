"""What RDS says about an instance, in the provider's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.values import Props


def outputs(found: Mapping[str, Any], given: Props) -> Props:
    """The properties of an instance as `DescribeDBInstances` has it; `given` decides how a version is written."""
    return {
        **_identity(found, given),
        **_engine(found, given),
        **_storage(found),
        **_place(found),
        **_care(found, given),
        **_insights(found),
        **_master(found, given),
        **_not_here(given),
    }


def _identity(found: Mapping[str, Any], given: Props) -> Props:
    endpoint = found.get("Endpoint", {})
    source = found.get("ReadReplicaSourceDBInstanceIdentifier")
    return {
        "arn": found["DBInstanceArn"],
        "identifier": found["DBInstanceIdentifier"],
        "identifierPrefix": given.get("identifierPrefix", ""),
        "resourceId": found["DbiResourceId"],
        "status": found["DBInstanceStatus"],
        "address": endpoint.get("Address", ""),
        "port": endpoint.get("Port"),
        "endpoint": f"{endpoint.get('Address', '')}:{endpoint.get('Port', '')}",
        "hostedZoneId": endpoint.get("HostedZoneId", ""),
        "listenerEndpoints": [],
        "replicas": found.get("ReadReplicaDBInstanceIdentifiers", []),
        "replicateSourceDb": _same_source(given.get("replicateSourceDb"), source),
        "upgradeRolloutOrder": "second",
    }


def _same_source(given: str | None, found: str | None) -> str | None:
    """The source as it was named, by identifier or ARN, if it is still that."""
    if given and found and given.rsplit(":", 1)[-1] == found.rsplit(":", 1)[-1]:
        return given
    return found


def _engine(found: Mapping[str, Any], given: Props) -> Props:
    actual, wanted = found["EngineVersion"], given.get("engineVersion")
    prefix = isinstance(wanted, str) and f"{actual}.".startswith(f"{wanted}.")
    groups = found.get("DBParameterGroups") or [{}]
    options = found.get("OptionGroupMemberships") or [{}]
    return {
        "engine": found["Engine"],
        "engineVersion": wanted if prefix else actual,
        "engineVersionActual": actual,
        "engineLifecycleSupport": found.get("EngineLifecycleSupport", "open-source-rds-extended-support"),
        "instanceClass": found["DBInstanceClass"],
        "licenseModel": found.get("LicenseModel", ""),
        "parameterGroupName": groups[0].get("DBParameterGroupName", ""),
        "optionGroupName": options[0].get("OptionGroupName", ""),
        "autoMinorVersionUpgrade": found.get("AutoMinorVersionUpgrade", True),
        "caCertIdentifier": found.get("CACertificateIdentifier", ""),
    }


def _storage(found: Mapping[str, Any]) -> Props:
    return {
        "allocatedStorage": found["AllocatedStorage"],
        "maxAllocatedStorage": found.get("MaxAllocatedStorage"),
        "storageType": found.get("StorageType", ""),
        "storageEncrypted": found.get("StorageEncrypted", False),
        "storageThroughput": found.get("StorageThroughput", 0),
        "iops": found.get("Iops", 0),
        "kmsKeyId": found.get("KmsKeyId", ""),
        "dedicatedLogVolume": found.get("DedicatedLogVolume", False),
    }


def _place(found: Mapping[str, Any]) -> Props:
    return {
        "availabilityZone": found.get("AvailabilityZone", ""),
        "multiAz": found.get("MultiAZ", False),
        "dbSubnetGroupName": found.get("DBSubnetGroup", {}).get("DBSubnetGroupName", ""),
        "vpcSecurityGroupIds": [group["VpcSecurityGroupId"] for group in found.get("VpcSecurityGroups", ())],
        "publiclyAccessible": found.get("PubliclyAccessible", False),
        "networkType": found.get("NetworkType", "IPV4"),
    }


def _care(found: Mapping[str, Any], given: Props) -> Props:
    latest = found.get("LatestRestorableTime")
    return {
        "backupRetentionPeriod": found.get("BackupRetentionPeriod", 0),
        "backupWindow": found.get("PreferredBackupWindow", ""),
        "backupTarget": found.get("BackupTarget", "region"),
        "maintenanceWindow": _same_window(
            given.get("maintenanceWindow"), found.get("PreferredMaintenanceWindow", "")
        ),
        "copyTagsToSnapshot": found.get("CopyTagsToSnapshot", False),
        "deletionProtection": found.get("DeletionProtection", False),
        # It moves with the clock; a refresh that always shows it would be noise.
        "latestRestorableTime": given.get("latestRestorableTime") or (latest.isoformat() if latest else ""),
        "enabledCloudwatchLogsExports": sorted(found.get("EnabledCloudwatchLogsExports") or ()),
    }


def _same_window(given: str | None, found: str) -> str:
    """AWS answers windows in small letters; a capital is no drift."""
    return given if given is not None and given.lower() == found else found


def _insights(found: Mapping[str, Any]) -> Props:
    return {
        "databaseInsightsMode": found.get("DatabaseInsightsMode", "standard"),
        "performanceInsightsEnabled": found.get("PerformanceInsightsEnabled", False),
        "performanceInsightsKmsKeyId": found.get("PerformanceInsightsKMSKeyId", ""),
        "performanceInsightsRetentionPeriod": found.get("PerformanceInsightsRetentionPeriod", 0),
        "monitoringInterval": found.get("MonitoringInterval", 0),
        "monitoringRoleArn": found.get("MonitoringRoleArn", ""),
        "iamDatabaseAuthenticationEnabled": found.get("IAMDatabaseAuthenticationEnabled", False),
    }


def _master(found: Mapping[str, Any], given: Props) -> Props:
    secret = found.get("MasterUserSecret")
    return {
        "username": found.get("MasterUsername", ""),
        "dbName": found.get("DBName", ""),
        "manageMasterUserPassword": True if secret else None,
        "masterUserSecretKmsKeyId": given.get(
            "masterUserSecretKmsKeyId", secret["KmsKeyId"] if secret else ""
        ),
        "masterUserSecrets": [
            {
                "kmsKeyId": secret["KmsKeyId"],
                "secretArn": secret["SecretArn"],
                "secretStatus": secret["SecretStatus"],
            }
        ]
        if secret
        else [],
    }


def _not_here(given: Props) -> Props:
    """What other engines have; empty for these, as the provider answers it."""
    names = (
        "characterSetName",
        "domainFqdn",
        "ncharCharacterSetName",
        "replicaMode",
        "snapshotIdentifier",
        "timezone",
    )
    return {name: given.get(name, "") for name in names}
