"""Which parameter of which RDS call a property of an instance is."""

from __future__ import annotations

# Same name in creation and change.
_BOTH = {
    "allocatedStorage": "AllocatedStorage",
    "autoMinorVersionUpgrade": "AutoMinorVersionUpgrade",
    "backupRetentionPeriod": "BackupRetentionPeriod",
    "backupWindow": "PreferredBackupWindow",
    "caCertIdentifier": "CACertificateIdentifier",
    "copyTagsToSnapshot": "CopyTagsToSnapshot",
    "databaseInsightsMode": "DatabaseInsightsMode",
    "dbSubnetGroupName": "DBSubnetGroupName",
    "dedicatedLogVolume": "DedicatedLogVolume",
    "deletionProtection": "DeletionProtection",
    "engineVersion": "EngineVersion",
    "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
    "instanceClass": "DBInstanceClass",
    "iops": "Iops",
    "licenseModel": "LicenseModel",
    "maintenanceWindow": "PreferredMaintenanceWindow",
    "masterUserSecretKmsKeyId": "MasterUserSecretKmsKeyId",
    "maxAllocatedStorage": "MaxAllocatedStorage",
    "monitoringInterval": "MonitoringInterval",
    "monitoringRoleArn": "MonitoringRoleArn",
    "multiAz": "MultiAZ",
    "networkType": "NetworkType",
    "optionGroupName": "OptionGroupName",
    "parameterGroupName": "DBParameterGroupName",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "performanceInsightsKmsKeyId": "PerformanceInsightsKMSKeyId",
    "performanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
    "publiclyAccessible": "PubliclyAccessible",
    "storageThroughput": "StorageThroughput",
    "storageType": "StorageType",
    "vpcSecurityGroupIds": "VpcSecurityGroupIds",
}
CHANGE = {**_BOTH, "port": "DBPortNumber", "manageMasterUserPassword": "ManageMasterUserPassword"}
CREATION = {
    **_BOTH,
    "availabilityZone": "AvailabilityZone",
    "backupTarget": "BackupTarget",
    "characterSetName": "CharacterSetName",
    "dbName": "DBName",
    "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
    "engine": "Engine",
    "engineLifecycleSupport": "EngineLifecycleSupport",
    "identifier": "DBInstanceIdentifier",
    "kmsKeyId": "KmsKeyId",
    "manageMasterUserPassword": "ManageMasterUserPassword",
    "port": "Port",
    "storageEncrypted": "StorageEncrypted",
    "timezone": "Timezone",
    "username": "MasterUsername",
}
# What a replica takes from its source, or can only be given after it was made.
NOT_FOR_REPLICAS = frozenset(
    {
        "backupRetentionPeriod", "backupWindow", "characterSetName", "dbName", "engine",
        "engineLifecycleSupport", "engineVersion", "licenseModel", "maintenanceWindow", "manageMasterUserPassword",
        "masterUserSecretKmsKeyId", "storageEncrypted", "timezone", "username",
    }
)  # fmt: skip
AFTER_REPLICATION = ("backupRetentionPeriod", "backupWindow", "maintenanceWindow")
# What a restored instance is given by a change afterwards, as the provider does.
AFTER_RESTORE = (
    "backupRetentionPeriod", "backupWindow", "databaseInsightsMode", "maintenanceWindow", "manageMasterUserPassword",
    "masterUserSecretKmsKeyId", "maxAllocatedStorage", "monitoringInterval", "monitoringRoleArn",
    "performanceInsightsEnabled", "performanceInsightsKmsKeyId", "performanceInsightsRetentionPeriod",
)  # fmt: skip
# What it cannot be given with the restoring call.
NOT_FOR_RESTORES = NOT_FOR_REPLICAS | {"kmsKeyId", "allocatedStorage", *AFTER_RESTORE}
NOT_FOR_POINTS_IN_TIME = NOT_FOR_RESTORES | {"identifier"}
