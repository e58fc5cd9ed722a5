from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.elasticache import _cluster_rules, _group_changes
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_SAME = {
    "CacheNodeType": "nodeType",
    "CacheParameterGroupName": "parameterGroupName",
    "EngineVersion": "engineVersion",
    "IpDiscovery": "ipDiscovery",
    "NotificationTopicArn": "notificationTopicArn",
    "NumCacheNodes": "numCacheNodes",
    "PreferredMaintenanceWindow": "maintenanceWindow",
    "SecurityGroupIds": "securityGroupIds",
    "SnapshotRetentionLimit": "snapshotRetentionLimit",
    "SnapshotWindow": "snapshotWindow",
}
_FIXED = {
    "AZMode": "azMode",
    "CacheClusterId": "clusterId",
    "CacheSubnetGroupName": "subnetGroupName",
    "Engine": "engine",
    "NetworkType": "networkType",
    "OutpostMode": "outpostMode",
    "Port": "port",
    "PreferredAvailabilityZone": "availabilityZone",
    "PreferredAvailabilityZones": "preferredAvailabilityZones",
    "PreferredOutpostArn": "preferredOutpostArn",
    "SnapshotArns": "snapshotArns",
    "SnapshotName": "snapshotName",
    "TransitEncryptionEnabled": "transitEncryptionEnabled",
}


class Cluster(Binding):
    """Memcached on one or several nodes, or Redis on a single one."""

    token = "aws:elasticache/cluster:Cluster"
    service = "elasticache"
    operation = "create_cache_cluster"
    parameters = {**_SAME, **_FIXED}
    replaces = frozenset(
        {
            "availabilityZone", "clusterId", "engine", "networkType", "outpostMode", "port", "preferredOutpostArn",
            "replicationGroupId", "snapshotArns", "snapshotName", "subnetGroupName", "transitEncryptionEnabled",
        }
    )  # fmt: skip
    autoname = AutoName("clusterId", limit=50, lower=True)
    tagging = tagging.ELASTICACHE
    references = (
        Reference("subnetGroupName", "cache_subnet_group"),
        Reference("securityGroupIds[]", "security_group"),
        Reference("notificationTopicArn", "topic"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                **{parameter: new.get(name) for parameter, name in {**_SAME, **_FIXED}.items()},
                "AutoMinorVersionUpgrade": _flag(new.get("autoMinorVersionUpgrade")),
                "LogDeliveryConfigurations": _group_changes.logs(new.get("logDeliveryConfigurations")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["CacheCluster"]["CacheClusterId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        changes = {key: new.get(name) for key, name in _SAME.items() if new.get(name) != old.get(name)}
        if new.get("autoMinorVersionUpgrade") != old.get("autoMinorVersionUpgrade"):
            changes["AutoMinorVersionUpgrade"] = _flag(new.get("autoMinorVersionUpgrade"))
        before, after = (int(props.get("numCacheNodes") or 1) for props in (old, new))
        if after < before:
            gone = [f"{number + 1:0>4}" for number in range(after, before)]
            changes["CacheNodeIdsToRemove"] = gone
        if without_none(changes):
            ctx.client("elasticache").modify_cache_cluster(
                CacheClusterId=identity,
                ApplyImmediately=new.get("applyImmediately", False) is True,
                **without_none(changes),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("elasticache").describe_cache_clusters(
            CacheClusterId=identity, ShowCacheNodeInfo=True
        )
        return outputs(found["CacheClusters"][0], given)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        snapshot = old.get("finalSnapshotIdentifier")
        ctx.client("elasticache").delete_cache_cluster(
            CacheClusterId=identity, **({"FinalSnapshotIdentifier": snapshot} if snapshot else {})
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _cluster_rules.problems(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _cluster_rules.presence(ctx, new)


def outputs(found: Mapping[str, Any], given: Props) -> Props:
    """A cache in the provider's words."""
    version, endpoint = found["EngineVersion"], found.get("ConfigurationEndpoint")
    wanted = given.get("engineVersion")
    zones = {node["CustomerAvailabilityZone"] for node in found["CacheNodes"]}
    return {
        "applyImmediately": given.get("applyImmediately", False),
        "arn": found["ARN"],
        "autoMinorVersionUpgrade": given.get("autoMinorVersionUpgrade"),
        "availabilityZone": found["PreferredAvailabilityZone"],
        "azMode": "cross-az" if len(zones) > 1 else "single-az",
        "cacheNodes": [
            {
                "id": node["CacheNodeId"],
                "address": node["Endpoint"]["Address"],
                "port": node["Endpoint"]["Port"],
                "availabilityZone": node["CustomerAvailabilityZone"],
                "outpostArn": "",
            }
            for node in found["CacheNodes"]
        ],
        "clusterAddress": endpoint["Address"] if endpoint else "",
        "configurationEndpoint": f"{endpoint['Address']}:{endpoint['Port']}" if endpoint else "",
        "clusterId": found["CacheClusterId"],
        "engine": found["Engine"],
        "engineVersion": wanted if wanted and f"{version}.".startswith(f"{wanted}.") else version,
        "engineVersionActual": version if version.count(".") > 1 else f"{version}.0",
        "ipDiscovery": found.get("IpDiscovery", "ipv4"),
        "maintenanceWindow": found["PreferredMaintenanceWindow"],
        "networkType": found.get("NetworkType", "ipv4"),
        "nodeType": found["CacheNodeType"],
        "notificationTopicArn": (found.get("NotificationConfiguration") or {}).get("TopicArn"),
        "numCacheNodes": found["NumCacheNodes"],
        "parameterGroupName": found["CacheParameterGroup"]["CacheParameterGroupName"],
        "port": found["CacheNodes"][0]["Endpoint"]["Port"],
        "preferredOutpostArn": "",
        "replicationGroupId": found.get("ReplicationGroupId", ""),
        "securityGroupIds": [group["SecurityGroupId"] for group in found.get("SecurityGroups", ())],
        "snapshotRetentionLimit": found.get("SnapshotRetentionLimit", 0),
        "snapshotWindow": found.get("SnapshotWindow", ""),
        "subnetGroupName": found["CacheSubnetGroupName"],
        "transitEncryptionEnabled": found.get("TransitEncryptionEnabled", False),
    }


def _flag(value: Any) -> Any:
    """The provider writes this boolean as text."""
    return value == "true" if isinstance(value, str) else value
