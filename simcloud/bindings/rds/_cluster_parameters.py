"""Which parameter of which RDS call a property of a cluster is."""

from __future__ import annotations

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.values import Props, without_none

# Same name in creation and change.
_BOTH = {
    "allocatedStorage": "AllocatedStorage",
    "autoMinorVersionUpgrade": "AutoMinorVersionUpgrade",
    "backtrackWindow": "BacktrackWindow",
    "backupRetentionPeriod": "BackupRetentionPeriod",
    "caCertificateIdentifier": "CACertificateIdentifier",
    "copyTagsToSnapshot": "CopyTagsToSnapshot",
    "databaseInsightsMode": "DatabaseInsightsMode",
    "dbClusterInstanceClass": "DBClusterInstanceClass",
    "dbClusterParameterGroupName": "DBClusterParameterGroupName",
    "deletionProtection": "DeletionProtection",
    "domain": "Domain",
    "domainIamRoleName": "DomainIAMRoleName",
    "enableGlobalWriteForwarding": "EnableGlobalWriteForwarding",
    "enableHttpEndpoint": "EnableHttpEndpoint",
    "enableLocalWriteForwarding": "EnableLocalWriteForwarding",
    "engineLifecycleSupport": "EngineLifecycleSupport",
    "engineVersion": "EngineVersion",
    "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
    "iops": "Iops",
    "manageMasterUserPassword": "ManageMasterUserPassword",
    "masterUserSecretKmsKeyId": "MasterUserSecretKmsKeyId",
    "monitoringInterval": "MonitoringInterval",
    "monitoringRoleArn": "MonitoringRoleArn",
    "networkType": "NetworkType",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "performanceInsightsKmsKeyId": "PerformanceInsightsKMSKeyId",
    "performanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
    "port": "Port",
    "preferredBackupWindow": "PreferredBackupWindow",
    "preferredMaintenanceWindow": "PreferredMaintenanceWindow",
    "storageType": "StorageType",
    "vpcSecurityGroupIds": "VpcSecurityGroupIds",
}
CHANGE = {**_BOTH, "dbInstanceParameterGroupName": "DBInstanceParameterGroupName"}
CREATION = {
    **_BOTH,
    "availabilityZones": "AvailabilityZones",
    "clusterIdentifier": "DBClusterIdentifier",
    "clusterScalabilityType": "ClusterScalabilityType",
    "databaseName": "DatabaseName",
    "dbSubnetGroupName": "DBSubnetGroupName",
    "dbSystemId": "DBSystemId",
    "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
    "engine": "Engine",
    "engineMode": "EngineMode",
    "globalClusterIdentifier": "GlobalClusterIdentifier",
    "kmsKeyId": "KmsKeyId",
    "masterUsername": "MasterUsername",
    "publiclyAccessible": "PubliclyAccessible",
    "replicationSourceIdentifier": "ReplicationSourceIdentifier",
    "storageEncrypted": "StorageEncrypted",
}
# What a restored cluster has of its source, or gets by a change afterwards.
NOT_FOR_RESTORES = frozenset(
    {
        "allocatedStorage", "autoMinorVersionUpgrade", "backupRetentionPeriod", "caCertificateIdentifier",
        "clusterScalabilityType", "databaseInsightsMode", "dbSystemId", "enableGlobalWriteForwarding",
        "enableHttpEndpoint", "enableLocalWriteForwarding", "engineLifecycleSupport", "globalClusterIdentifier",
        "manageMasterUserPassword", "masterUserSecretKmsKeyId", "masterUsername", "preferredBackupWindow",
        "preferredMaintenanceWindow", "replicationSourceIdentifier", "storageEncrypted", "monitoringInterval",
        "monitoringRoleArn", "performanceInsightsEnabled", "performanceInsightsKmsKeyId",
        "performanceInsightsRetentionPeriod",
    }
)  # fmt: skip
NOT_FOR_POINTS_IN_TIME = NOT_FOR_RESTORES | {
    "availabilityZones",
    "databaseName",
    "engine",
    "engineMode",
    "engineVersion",
}
# What a restored cluster is changed to at once.
AFTER_RESTORE = (
    "backupRetentionPeriod", "enableHttpEndpoint", "manageMasterUserPassword", "monitoringInterval",
    "monitoringRoleArn", "performanceInsightsEnabled", "performanceInsightsKmsKeyId",
    "performanceInsightsRetentionPeriod", "preferredBackupWindow", "preferredMaintenanceWindow",
)  # fmt: skip


def creation(new: Props, without: frozenset[str] = frozenset()) -> Params:
    """The parameters of creation, besides the password."""
    named = {parameter: new.get(name) for name, parameter in CREATION.items() if name not in without}
    return without_none({**named, **scaling(new)})


def scaling(new: Props) -> Params:
    """How a serverless cluster grows and shrinks."""
    return without_none(
        {
            "ServerlessV2ScalingConfiguration": _words.to_api(
                new.get("serverlessv2ScalingConfiguration"), {}
            ),
            "ScalingConfiguration": _words.to_api(new.get("scalingConfiguration"), {}),
        }
    )
