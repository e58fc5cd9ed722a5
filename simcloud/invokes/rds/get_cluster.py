from __future__ import annotations

from simcloud.bindings.rds._cluster_outputs import outputs
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.tagging import mapping
from simcloud.values import Props

_SAME = (
    "arn", "availabilityZones", "backtrackWindow", "backupRetentionPeriod", "clusterIdentifier", "clusterMembers",
    "clusterResourceId", "clusterScalabilityType", "databaseInsightsMode", "databaseName",
    "dbClusterParameterGroupName", "dbSubnetGroupName", "dbSystemId", "deletionProtection",
    "enabledCloudwatchLogsExports", "endpoint", "engine", "engineMode", "engineVersion", "hostedZoneId",
    "iamDatabaseAuthenticationEnabled", "iamRoles", "kmsKeyId", "masterUserSecrets", "masterUsername",
    "monitoringInterval", "monitoringRoleArn", "networkType", "port", "preferredBackupWindow",
    "preferredMaintenanceWindow", "readerEndpoint", "storageEncrypted", "upgradeRolloutOrder", "vpcSecurityGroupIds",
)  # fmt: skip


def get_cluster(ctx: Context, args: Props) -> Props:
    """One database cluster, by identifier or by tags."""
    rds, name = ctx.client("rds"), args.get("clusterIdentifier")
    listed = rds.describe_db_clusters(**({"DBClusterIdentifier": name} if name else {}))["DBClusters"]
    wanted = (args.get("tags") or {}).items()
    found = [cluster for cluster in listed if wanted <= mapping(cluster.get("TagList")).items()]
    if len(found) != 1:
        raise Refusal(
            "DBClusterNotFoundFault", f"the query matches {len(found)} RDS clusters, it must match one."
        )
    answer = outputs(found[0], {})
    return {
        **{key: answer[key] for key in _SAME},
        "finalSnapshotIdentifier": "",
        "id": answer["clusterIdentifier"],
        "region": ctx.region,
        "replicationSourceIdentifier": answer["replicationSourceIdentifier"] or "",
        "tags": mapping(found[0].get("TagList")),
    }
