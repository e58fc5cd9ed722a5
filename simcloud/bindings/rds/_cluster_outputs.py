"""What RDS says about a cluster, in the provider's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.bindings import _words
from simcloud.values import Props


def outputs(found: Mapping[str, Any], given: Props) -> Props:
    """The properties of a cluster as `DescribeDBClusters` has it; `given` decides how a version is written."""
    return {
        **_identity(found, given),
        **_engine(found, given),
        **_storage(found),
        **_place(found),
        **_care(found, given),
        **_master(found, given),
    }


def _identity(found: Mapping[str, Any], given: Props) -> Props:
    return {
        "arn": found["DBClusterArn"],
        "clusterIdentifier": found["DBClusterIdentifier"],
        "clusterIdentifierPrefix": given.get("clusterIdentifierPrefix", ""),
        "clusterResourceId": found["DbClusterResourceId"],
        "clusterMembers": [member["DBInstanceIdentifier"] for member in found.get("DBClusterMembers", ())],
        "endpoint": found["Endpoint"],
        "readerEndpoint": found["ReaderEndpoint"],
        "hostedZoneId": found["HostedZoneId"],
        "port": found["Port"],
        "replicationSourceIdentifier": found.get("ReplicationSourceIdentifier"),
        "iamRoles": [role["RoleArn"] for role in found.get("AssociatedRoles", ())],
        "dbSystemId": found.get("DBSystemId", ""),
        "upgradeRolloutOrder": found.get("UpgradeRolloutOrder", "second"),
    }


def _engine(found: Mapping[str, Any], given: Props) -> Props:
    actual, wanted = found["EngineVersion"], given.get("engineVersion")
    prefix = isinstance(wanted, str) and f"{actual}.".startswith(f"{wanted}.")
    scaling = found.get("ServerlessV2ScalingConfiguration")
    return {
        "engine": found["Engine"],
        "engineMode": found["EngineMode"],
        "engineVersion": wanted if prefix else actual,
        "engineVersionActual": actual,
        "engineLifecycleSupport": found["EngineLifecycleSupport"],
        "dbClusterInstanceClass": found.get("DBClusterInstanceClass"),
        "dbClusterParameterGroupName": found["DBClusterParameterGroup"],
        "autoMinorVersionUpgrade": found.get("AutoMinorVersionUpgrade", True),
        "clusterScalabilityType": found["ClusterScalabilityType"],
        "serverlessv2ScalingConfiguration": _words.from_api(scaling, {}) if scaling else None,
        "caCertificateIdentifier": (found.get("CertificateDetails") or {}).get("CAIdentifier", ""),
        "caCertificateValidTill": "2061-05-25T23:34:57Z",
    }


def _storage(found: Mapping[str, Any]) -> Props:
    return {
        "allocatedStorage": found["AllocatedStorage"],
        "storageType": found.get("StorageType", ""),
        "storageEncrypted": found.get("StorageEncrypted", False),
        "iops": found.get("Iops"),
        "kmsKeyId": found.get("KmsKeyId", ""),
        "backtrackWindow": found.get("BacktrackWindow", 0),
    }


def _place(found: Mapping[str, Any]) -> Props:
    return {
        "availabilityZones": found["AvailabilityZones"],
        "dbSubnetGroupName": found["DBSubnetGroup"],
        "vpcSecurityGroupIds": [group["VpcSecurityGroupId"] for group in found.get("VpcSecurityGroups", ())],
        "publiclyAccessible": found.get("PubliclyAccessible", False),
        "networkType": found["NetworkType"],
    }


def _care(found: Mapping[str, Any], given: Props) -> Props:
    maintenance, window = found["PreferredMaintenanceWindow"], given.get("preferredMaintenanceWindow")
    same = isinstance(window, str) and window.lower() == maintenance
    return {
        # AWS does not keep it, so an import cannot know it.
        **({"applyImmediately": given.get("applyImmediately", False)} if given else {}),
        "backupRetentionPeriod": found["BackupRetentionPeriod"],
        "preferredBackupWindow": found["PreferredBackupWindow"],
        "preferredMaintenanceWindow": window if same else maintenance,
        "copyTagsToSnapshot": found.get("CopyTagsToSnapshot", False),
        "deletionProtection": found.get("DeletionProtection", False),
        "enableGlobalWriteForwarding": found.get("GlobalWriteForwardingRequested", False),
        "enableHttpEndpoint": found.get("HttpEndpointEnabled", False),
        "enableLocalWriteForwarding": found.get("LocalWriteForwardingStatus") == "enabled",
        "enabledCloudwatchLogsExports": sorted(found.get("EnabledCloudwatchLogsExports") or ()),
        "iamDatabaseAuthenticationEnabled": found.get("IAMDatabaseAuthenticationEnabled", False),
        "databaseInsightsMode": found.get("DatabaseInsightsMode", "standard"),
        "monitoringInterval": found.get("MonitoringInterval", 0),
        "monitoringRoleArn": found.get("MonitoringRoleArn", ""),
        "performanceInsightsEnabled": found.get("PerformanceInsightsEnabled", False),
        "performanceInsightsKmsKeyId": found.get("PerformanceInsightsKMSKeyId", ""),
        "performanceInsightsRetentionPeriod": found.get("PerformanceInsightsRetentionPeriod", 0),
    }


def _master(found: Mapping[str, Any], given: Props) -> Props:
    secret = found.get("MasterUserSecret") or {}
    listed = {
        name: secret.get(name[:1].upper() + name[1:]) for name in ("kmsKeyId", "secretArn", "secretStatus")
    }
    return {
        "databaseName": found.get("DatabaseName", ""),
        "masterUsername": found.get("MasterUsername", ""),
        "manageMasterUserPassword": True if secret else None,
        "masterUserSecretKmsKeyId": given.get("masterUserSecretKmsKeyId") or listed["kmsKeyId"] or "",
        "masterUserSecrets": [listed] if secret else [],
    }
