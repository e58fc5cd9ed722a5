from __future__ import annotations

from simcloud.bindings.rds._instance_outputs import outputs
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.tagging import mapping
from simcloud.values import Props

_SAME = (
    "address", "allocatedStorage", "autoMinorVersionUpgrade", "availabilityZone", "backupRetentionPeriod",
    "caCertIdentifier", "databaseInsightsMode", "dbName", "enabledCloudwatchLogsExports", "endpoint", "engine",
    "engineVersion", "hostedZoneId", "iops", "kmsKeyId", "licenseModel", "masterUserSecrets", "maxAllocatedStorage",
    "monitoringInterval", "monitoringRoleArn", "multiAz", "networkType", "port", "publiclyAccessible", "resourceId",
    "storageEncrypted", "storageThroughput", "storageType", "timezone", "upgradeRolloutOrder",
)  # fmt: skip


def get_instance(ctx: Context, args: Props) -> Props:
    """One database instance, by identifier or by tags."""
    rds, name = ctx.client("rds"), args.get("dbInstanceIdentifier")
    listed = rds.describe_db_instances(**({"DBInstanceIdentifier": name} if name else {}))["DBInstances"]
    wanted = (args.get("tags") or {}).items()
    found = [instance for instance in listed if wanted <= mapping(instance.get("TagList")).items()]
    if len(found) != 1:
        raise Refusal(
            "DBInstanceNotFound", f"the query matches {len(found)} RDS instances, it must match one."
        )
    instance, answer = found[0], outputs(found[0], {})
    return {
        **{key: answer[key] for key in _SAME},
        "dbClusterIdentifier": instance.get("DBClusterIdentifier", ""),
        "dbInstanceArn": answer["arn"],
        "dbInstanceClass": answer["instanceClass"],
        "dbInstanceIdentifier": answer["identifier"],
        "dbInstancePort": instance.get("DbInstancePort", 0),
        "dbParameterGroups": [answer["parameterGroupName"]],
        "dbSubnetGroup": answer["dbSubnetGroupName"],
        "id": answer["identifier"],
        "masterUsername": answer["username"],
        "maxAllocatedStorage": answer["maxAllocatedStorage"] or 0,
        "optionGroupMemberships": [answer["optionGroupName"]],
        "preferredBackupWindow": answer["backupWindow"],
        "preferredMaintenanceWindow": answer["maintenanceWindow"],
        "region": ctx.region,
        "replicateSourceDb": answer["replicateSourceDb"] or "",
        "tags": mapping(instance.get("TagList")),
        "vpcSecurityGroups": answer["vpcSecurityGroupIds"],
    }
