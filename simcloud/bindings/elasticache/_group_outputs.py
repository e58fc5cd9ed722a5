"""A replication group as the provider shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.values import Props


def props(ctx: Context, group: Mapping[str, Any], given: Props) -> Props:
    """All that `DescribeReplicationGroups` and the member clusters tell."""
    member = _member(ctx, group)
    shards = group["NodeGroups"]
    clustered = bool(group.get("ClusterEnabled"))
    version = member.get("EngineVersion") or given.get("engineVersion", "7.1")
    return {
        "arn": group["ARN"],
        "replicationGroupId": group["ReplicationGroupId"],
        "description": group["Description"],
        "engine": group.get("Engine", "redis"),
        "engineVersion": version,
        "engineVersionActual": version if version.count(".") > 1 else f"{version}.0",
        "nodeType": group["CacheNodeType"],
        "automaticFailoverEnabled": group["AutomaticFailover"] == "enabled",
        "multiAzEnabled": group["MultiAZ"] == "enabled",
        "clusterEnabled": clustered,
        "clusterMode": group.get("ClusterMode", "disabled"),
        "memberClusters": group["MemberClusters"],
        "numCacheClusters": len(group["MemberClusters"]),
        "numNodeGroups": len(shards),
        "replicasPerNodeGroup": len(shards[0]["NodeGroupMembers"]) - 1,
        "nodeGroupConfigurations": given.get("nodeGroupConfigurations", []),
        "parameterGroupName": (member.get("CacheParameterGroup") or {}).get("CacheParameterGroupName")
        or given.get("parameterGroupName", f"default.{group.get('Engine', 'redis')}{version.split('.')[0]}"),
        "subnetGroupName": member.get("CacheSubnetGroupName") or "default",
        "securityGroupIds": [item["SecurityGroupId"] for item in member.get("SecurityGroups", ())],
        "securityGroupNames": [],
        "maintenanceWindow": member.get("PreferredMaintenanceWindow") or "sun:05:00-sun:06:00",
        "autoMinorVersionUpgrade": str(member.get("AutoMinorVersionUpgrade", True)).lower(),
        "snapshotRetentionLimit": group.get("SnapshotRetentionLimit", 0),
        "snapshotWindow": given.get("snapshotWindow") or group.get("SnapshotWindow", "05:00-06:00"),
        "atRestEncryptionEnabled": group["AtRestEncryptionEnabled"],
        "transitEncryptionEnabled": group["TransitEncryptionEnabled"],
        "transitEncryptionMode": group.get("TransitEncryptionMode")
        or ("required" if group["TransitEncryptionEnabled"] else ""),
        "dataTieringEnabled": group.get("DataTiering") == "enabled",
        "networkType": group.get("NetworkType", "ipv4"),
        "ipDiscovery": group.get("IpDiscovery", "ipv4"),
        "globalReplicationGroupId": "",
        "durability": given.get("durability", ""),
        "logDeliveryConfigurations": [_log(item) for item in group.get("LogDeliveryConfigurations", ())]
        or None,
        "userGroupIds": group.get("UserGroupIds") or None,
        "kmsKeyId": group.get("KmsKeyId"),
        "applyImmediately": given.get("applyImmediately", False),
        **_endpoints(group, clustered),
    }


def _member(ctx: Context, group: Mapping[str, Any]) -> Mapping[str, Any]:
    first = group["MemberClusters"][0]
    found: Mapping[str, Any] = ctx.client("elasticache").describe_cache_clusters(CacheClusterId=first)[
        "CacheClusters"
    ][0]
    return found


def _log(item: Mapping[str, Any]) -> Props:
    details = item["DestinationDetails"]
    logs, stream = details.get("CloudWatchLogsDetails") or {}, details.get("KinesisFirehoseDetails") or {}
    return {
        "destination": logs.get("LogGroup") or stream.get("DeliveryStream"),
        "destinationType": item["DestinationType"],
        "logFormat": item["LogFormat"],
        "logType": item["LogType"],
    }


def _endpoints(group: Mapping[str, Any], clustered: bool) -> Props:
    shard = group["NodeGroups"][0]
    return {
        "port": (group.get("ConfigurationEndpoint") or shard.get("PrimaryEndpoint") or {}).get("Port", 6379),
        "configurationEndpointAddress": group["ConfigurationEndpoint"]["Address"] if clustered else "",
        "primaryEndpointAddress": "" if clustered else shard["PrimaryEndpoint"]["Address"],
        "readerEndpointAddress": "" if clustered else _reader(shard["PrimaryEndpoint"]["Address"]),
    }


def _reader(primary: str) -> str:
    """The reader endpoint beside a primary: `replica.<group>…` for `master.<group>…`."""
    return "replica." + primary.removeprefix("master.")
