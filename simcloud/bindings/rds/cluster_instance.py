from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.rds import _cluster_instance_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# Same name in creation and change.
_BOTH = {
    "autoMinorVersionUpgrade": "AutoMinorVersionUpgrade",
    "caCertIdentifier": "CACertificateIdentifier",
    "copyTagsToSnapshot": "CopyTagsToSnapshot",
    "dbParameterGroupName": "DBParameterGroupName",
    "instanceClass": "DBInstanceClass",
    "monitoringInterval": "MonitoringInterval",
    "monitoringRoleArn": "MonitoringRoleArn",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "performanceInsightsKmsKeyId": "PerformanceInsightsKMSKeyId",
    "performanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
    "preferredMaintenanceWindow": "PreferredMaintenanceWindow",
    "promotionTier": "PromotionTier",
    "publiclyAccessible": "PubliclyAccessible",
}
_CREATION = {
    **_BOTH,
    "availabilityZone": "AvailabilityZone",
    "clusterIdentifier": "DBClusterIdentifier",
    "dbSubnetGroupName": "DBSubnetGroupName",
    "engine": "Engine",
    "engineVersion": "EngineVersion",
    "identifier": "DBInstanceIdentifier",
    "preferredBackupWindow": "PreferredBackupWindow",
}


class ClusterInstance(Binding):
    """An instance of an Aurora cluster: the first one writes, the others read."""

    token = "aws:rds/clusterInstance:ClusterInstance"
    service = "rds"
    operation = "create_db_instance"
    parameters = {parameter: name for name, parameter in _CREATION.items()}
    replaces = frozenset(
        {
            "availabilityZone", "clusterIdentifier", "customIamInstanceProfile", "dbSubnetGroupName", "engine",
            "identifier", "identifierPrefix",
        }
    )  # fmt: skip
    defaults = {
        "autoMinorVersionUpgrade": True,
        "copyTagsToSnapshot": False,
        "forceDestroy": False,
        "monitoringInterval": 0,
        "promotionTier": 0,
    }
    autoname = AutoName("identifier", limit=63, lower=True)
    tagging = tagging.RDS
    references = (
        Reference("clusterIdentifier", "db_cluster"),
        Reference("dbParameterGroupName", "db_parameter_group"),
        Reference("dbSubnetGroupName", "db_subnet_group"),
        Reference("monitoringRoleArn", "role"),
        Reference("performanceInsightsKmsKeyId", "kms_key"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({parameter: new.get(name) for name, parameter in _CREATION.items()})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBInstance"]["DBInstanceIdentifier"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        changes = {_BOTH[name]: new.get(name) for name in _BOTH if new.get(name) != old.get(name)}
        if without_none(changes):
            ctx.client("rds").modify_db_instance(
                DBInstanceIdentifier=identity,
                ApplyImmediately=bool(new.get("applyImmediately")),
                **without_none(changes),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        rds = ctx.client("rds")
        found = rds.describe_db_instances(DBInstanceIdentifier=identity)["DBInstances"][0]
        cluster = rds.describe_db_clusters(DBClusterIdentifier=found["DBClusterIdentifier"])["DBClusters"][0]
        member = next(
            one
            for one in cluster["DBClusterMembers"]
            if one["DBInstanceIdentifier"] == found["DBInstanceIdentifier"]
        )
        return {
            **_outputs(found, given),
            "writer": member["IsClusterWriter"],
            "promotionTier": member["PromotionTier"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_instance(DBInstanceIdentifier=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _cluster_instance_rules.problems(ctx, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _cluster_instance_rules.presence(ctx, new)


def _outputs(found: Mapping[str, Any], given: Props) -> Props:
    actual, wanted = found["EngineVersion"], given.get("engineVersion")
    groups = found.get("DBParameterGroups") or [{}]
    endpoint, maintenance = found["Endpoint"], found["PreferredMaintenanceWindow"]
    window = given.get("preferredMaintenanceWindow")
    return {
        # AWS does not keep it, so an import cannot know it.
        **({"applyImmediately": given.get("applyImmediately", False)} if given else {}),
        "arn": found["DBInstanceArn"],
        "autoMinorVersionUpgrade": found.get("AutoMinorVersionUpgrade", True),
        "availabilityZone": found["AvailabilityZone"],
        "caCertIdentifier": found["CACertificateIdentifier"],
        "clusterIdentifier": found["DBClusterIdentifier"],
        "copyTagsToSnapshot": found.get("CopyTagsToSnapshot", False),
        "dbParameterGroupName": groups[0].get("DBParameterGroupName", ""),
        "dbSubnetGroupName": found.get("DBSubnetGroup", {}).get("DBSubnetGroupName", "default"),
        "dbiResourceId": found["DbiResourceId"],
        "endpoint": endpoint["Address"],
        "port": endpoint["Port"],
        "engine": found["Engine"],
        # The cluster says which version runs; what the program says is only a wish.
        "engineVersion": wanted if wanted and f"{actual}.".startswith(f"{wanted}.") else actual,
        "engineVersionActual": actual,
        "identifier": found["DBInstanceIdentifier"],
        "identifierPrefix": given.get("identifierPrefix", ""),
        "instanceClass": found["DBInstanceClass"],
        "kmsKeyId": found.get("KmsKeyId", ""),
        "monitoringInterval": found.get("MonitoringInterval", 0),
        "monitoringRoleArn": found.get("MonitoringRoleArn", ""),
        "networkType": found.get("NetworkType", "IPV4"),
        "performanceInsightsEnabled": found.get("PerformanceInsightsEnabled", False),
        "performanceInsightsKmsKeyId": found.get("PerformanceInsightsKMSKeyId", ""),
        "performanceInsightsRetentionPeriod": found.get("PerformanceInsightsRetentionPeriod", 0),
        "preferredBackupWindow": found["PreferredBackupWindow"],
        "preferredMaintenanceWindow": window if str(window).lower() == maintenance else maintenance,
        "publiclyAccessible": found.get("PubliclyAccessible", False),
        "storageEncrypted": found.get("StorageEncrypted", False),
    }
