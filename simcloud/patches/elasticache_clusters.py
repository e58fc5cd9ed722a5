"""Caches without replication as ElastiCache answers them."""

from __future__ import annotations

import hashlib
from typing import Any

from moto.core.responses import ActionResult
from moto.elasticache.exceptions import CacheClusterNotFound
from moto.elasticache.models import CacheCluster, ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from simcloud.bindings.elasticache._engines import DEFAULT_VERSIONS, family
from simcloud.patches import adds, around
from simcloud.patches.elasticache import short_region

_CHANGES = {
    "CacheNodeType": "cache_node_type",
    "CacheParameterGroupName": "cache_parameter_group_name",
    "EngineVersion": "engine_version",
    "IpDiscovery": "ip_discovery",
    "NotificationTopicArn": "notification_topic_arn",
    "NumCacheNodes": "num_cache_nodes",
    "PreferredMaintenanceWindow": "preferred_maintenance_window",
    "SecurityGroupIds": "security_group_ids",
    "SnapshotRetentionLimit": "snapshot_retention_limit",
    "SnapshotWindow": "snapshot_window",
}
_NUMBERS = ("num_cache_nodes", "snapshot_retention_limit")


@around(ElastiCacheBackend)
def create_cache_cluster(original: Any, self: Any, **given: Any) -> Any:
    """AWS: fills in version, group, windows and nodes; moto: keeps what was given, and no nodes."""
    engine = given.get("engine") or "memcached"
    given["engine"] = engine
    given["engine_version"] = given.get("engine_version") or DEFAULT_VERSIONS[engine]
    given["port"] = int(given.get("port") or (11211 if engine == "memcached" else 6379))
    given["cache_parameter_group_name"] = given.get("cache_parameter_group_name") or (
        f"default.{family(engine, given['engine_version'])}"
    )
    given["cache_subnet_group_name"] = given.get("cache_subnet_group_name") or "default"
    given["preferred_maintenance_window"] = given.get("preferred_maintenance_window") or "sun:05:00-sun:06:00"
    if engine != "memcached":
        given["snapshot_window"] = given.get("snapshot_window") or "03:30-04:30"
    cluster = original(self, **given)
    cluster.zones = given.get("preferred_availability_zones") or []
    _describe(self, cluster)
    return cluster


@around(ElastiCacheBackend)
def delete_cache_cluster(original: Any, self: Any, cache_cluster_id: str) -> Any:
    """AWS: after a while it is gone; moto: it is deleting for ever."""
    cluster = original(self, cache_cluster_id)
    del self.cache_clusters[cache_cluster_id]
    return cluster


@adds(ElastiCacheResponse)
def modify_cache_cluster(self: Any) -> ActionResult:
    """AWS: changes a cache; moto: not implemented."""
    given, backend = self._get_params(), self.elasticache_backend
    cluster = backend.cache_clusters.get(given["CacheClusterId"])
    if not isinstance(cluster, CacheCluster):
        raise CacheClusterNotFound(given["CacheClusterId"])
    for parameter, attribute in _CHANGES.items():
        if given.get(parameter) is not None:
            value = given[parameter]
            setattr(cluster, attribute, int(value) if attribute in _NUMBERS else value)
    if given.get("AutoMinorVersionUpgrade") is not None:
        cluster.auto_minor_version_upgrade = str(given["AutoMinorVersionUpgrade"]).lower() == "true"
    changed: Any = cluster
    changed.zones = [*changed.zones, *(given.get("NewAvailabilityZones") or ())][: cluster.num_cache_nodes]
    _describe(backend, cluster)
    return ActionResult({"CacheCluster": cluster})


def _describe(backend: Any, cluster: Any) -> None:
    zones = _zones(backend, cluster)
    place = short_region(backend.region_name)
    letters = hashlib.sha256(f"{backend.account_id}{backend.region_name}".encode()).hexdigest()[:6]
    cluster.num_cache_nodes = int(getattr(cluster, "num_cache_nodes", None) or 1)
    cluster.cache_nodes = [
        {
            "CacheNodeId": f"{number + 1:0>4}",
            "CacheNodeStatus": "available",
            "Endpoint": {
                "Address": f"{cluster.cache_cluster_id}.{letters}.{number + 1:0>4}.{place}.cache.amazonaws.com",
                "Port": cluster.port,
            },
            "ParameterGroupStatus": "in-sync",
            "CustomerAvailabilityZone": zones[number % len(zones)],
        }
        for number in range(cluster.num_cache_nodes)
    ]
    spread = len({node["CustomerAvailabilityZone"] for node in cluster.cache_nodes}) > 1
    cluster.preferred_availability_zone = "Multiple" if spread else zones[0]
    if cluster.engine == "memcached":
        address = f"{cluster.cache_cluster_id}.{letters}.cfg.{place}.cache.amazonaws.com"
        cluster.configuration_endpoint = {"Address": address, "Port": cluster.port}
    cluster.cache_parameter_group = {
        "CacheParameterGroupName": cluster.cache_parameter_group_name,
        "ParameterApplyStatus": "in-sync",
    }
    cluster.security_groups = [
        {"SecurityGroupId": group, "Status": "active"} for group in cluster.security_group_ids
    ]
    topic = cluster.notification_topic_arn
    cluster.notification_configuration = {"TopicArn": topic, "TopicStatus": "active"} if topic else None


def _zones(backend: Any, cluster: Any) -> list[str]:
    """One a node: those that were asked for, or the next of the subnets'."""
    if cluster.zones:
        return list(cluster.zones)
    group = backend.cache_subnet_groups.get(cluster.cache_subnet_group_name)
    every = sorted({subnet["subnet_availability_zone"] for subnet in group.subnets}) if group else []
    every = every or [f"{backend.region_name}{letter}" for letter in "abc"]
    given = cluster.preferred_availability_zone
    one = given if given not in (None, "Multiple") else every[0]
    return every if cluster.az_mode == "cross-az" else [one]
