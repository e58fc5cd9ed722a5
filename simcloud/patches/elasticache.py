"""Caches as ElastiCache answers them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import CacheSubnetGroupNotFound
from moto.elasticache.models import ElastiCacheBackend, ReplicationGroup
from moto.elasticache.responses import ElastiCacheResponse

from simcloud.patches import adds, around

_KEPT = (
    "auto_minor_version_upgrade", "cache_parameter_group_name", "engine_version", "log_delivery_configurations",
    "notification_topic_arn", "preferred_maintenance_window", "security_group_ids", "snapshot_window",
    "transit_encryption_enabled", "transit_encryption_mode", "user_group_ids",
)  # fmt: skip


@around(ReplicationGroup)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - the method to replace
    """AWS: with several clusters or a cluster-mode group all nodes are listed; moto: one, or mode disabled."""
    clusters, groups = kwargs.get("num_cache_clusters"), kwargs.get("num_node_groups")
    if clusters and not kwargs.get("replicas_per_node_group"):
        kwargs["replicas_per_node_group"] = int(clusters) - 1
    if groups and int(groups) > 1:
        kwargs["cluster_mode"] = "enabled"
    original(self, *args, **kwargs)


@around(ElastiCacheBackend)
def create_replication_group(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: each node is a cache cluster, spread over the zones; moto: the nodes cannot be described."""
    group = original(self, *args, **kwargs)
    _register_members(self, group)
    return group


@around(ElastiCacheBackend)
def delete_replication_group(original: Any, self: Any, replication_group_id: str, **kwargs: Any) -> Any:
    """AWS: after a while it is gone; moto: it is deleting for ever and its id cannot be used again."""
    group = original(self, replication_group_id, **kwargs)
    del self.replication_groups[replication_group_id]
    _forget_members(self, group)
    return group


@around(ElastiCacheResponse)
def modify_replication_group(original: Any, self: Any) -> Any:
    """AWS: every setting is changed; moto: five of them."""
    answer = original(self)
    group = self.elasticache_backend.replication_groups[self._get_param("ReplicationGroupId")]
    for name, value in self._get_params().items():
        attribute = _attribute(name)
        if attribute in _KEPT and value is not None:
            setattr(group, attribute, value)
    _register_members(self.elasticache_backend, group)
    return answer


@adds(ElastiCacheResponse)
def increase_replica_count(self: Any) -> ActionResult:
    """AWS: every shard gets so many replicas; moto: not implemented."""
    return _with_replicas(self)


@adds(ElastiCacheResponse)
def decrease_replica_count(self: Any) -> ActionResult:
    """AWS: every shard keeps so many replicas; moto: not implemented."""
    return _with_replicas(self)


@adds(ElastiCacheResponse)
def modify_cache_subnet_group(self: Any) -> ActionResult:
    """AWS: description and subnets can be changed; moto: not implemented."""
    group = _subnet_group(self)
    description, subnets = self._get_param("CacheSubnetGroupDescription"), self._get_param("SubnetIds")
    changed = type(group)(
        account_id=self.elasticache_backend.account_id,
        region_name=self.elasticache_backend.region_name,
        cache_subnet_group_name=group.cache_subnet_group_name,
        cache_subnet_group_description=description or group.cache_subnet_group_description,
        subnet_ids=subnets or group.subnet_ids,
        tags=group.tags,
    )
    self.elasticache_backend.cache_subnet_groups[group.cache_subnet_group_name] = changed
    return ActionResult({"CacheSubnetGroup": changed})


@adds(ElastiCacheResponse)
def delete_cache_subnet_group(self: Any) -> EmptyResult:
    """AWS: the group is gone; moto: not implemented."""
    self.elasticache_backend.cache_subnet_groups.pop(_subnet_group(self).cache_subnet_group_name)
    return EmptyResult()


def _subnet_group(response: Any) -> Any:
    name = response._get_param("CacheSubnetGroupName")
    groups = response.elasticache_backend.cache_subnet_groups
    if name not in groups:
        raise CacheSubnetGroupNotFound(name)
    return groups[name]


def _with_replicas(response: Any) -> ActionResult:
    backend = response.elasticache_backend
    group = backend.describe_replication_groups(response._get_param("ReplicationGroupId"))[0]
    _forget_members(backend, group)
    for shard in group.node_groups:
        members = shard["node_group_members"]
        prefix = members[0]["cache_cluster_id"].rpartition("-")[0]
        wanted = int(response._get_param("NewReplicaCount")) + 1
        shard["node_group_members"] = [
            {**members[min(position, len(members) - 1)], "cache_cluster_id": f"{prefix}-{position + 1:0>3}"}
            for position in range(wanted)
        ]
    group.member_clusters = [
        node["cache_cluster_id"] for shard in group.node_groups for node in shard["node_group_members"]
    ]
    _register_members(backend, group)
    return ActionResult({"ReplicationGroup": group})


def _forget_members(backend: Any, group: Any) -> None:
    for name in list(backend.cache_clusters):
        if name.startswith(f"{group.replication_group_id}-"):
            del backend.cache_clusters[name]


def _register_members(backend: Any, group: Any) -> None:
    zones = _zones(backend, group)
    nodes = [node for shard in group.node_groups for node in shard["node_group_members"]]
    for position, node in enumerate(nodes):
        node["preferred_availability_zone"] = zones[position % len(zones)]
        name = node["cache_cluster_id"]
        backend.cache_clusters[name] = SimpleNamespace(
            cache_cluster_id=name,
            cache_cluster_status="available",
            cache_node_type=group.cache_node_type,
            engine=group.engine,
            engine_version=group.engine_version,
            num_cache_nodes=1,
            preferred_availability_zone=node["preferred_availability_zone"],
            preferred_maintenance_window=group.preferred_maintenance_window,
            replication_group_id=group.replication_group_id,
            cache_subnet_group_name=group.cache_subnet_group_name,
            cache_parameter_group={"cache_parameter_group_name": group.cache_parameter_group_name},
            security_groups=[
                {"security_group_id": identity, "status": "active"}
                for identity in group.security_group_ids or ()
            ],
            auto_minor_version_upgrade=group.auto_minor_version_upgrade,
            transit_encryption_enabled=group.transit_encryption_enabled,
            at_rest_encryption_enabled=group.at_rest_encryption_enabled,
            auth_token_enabled=group.auth_token_enabled,
            snapshot_retention_limit=group.snapshot_retention_limit,
            snapshot_window=group.snapshot_window,
            arn=f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:cluster:{name}",
        )


def _zones(backend: Any, group: Any) -> list[str]:
    subnets = backend.cache_subnet_groups.get(group.cache_subnet_group_name)
    zones = sorted({subnet["subnet_availability_zone"] for subnet in subnets.subnets}) if subnets else []
    return zones or [f"{backend.region_name}a", f"{backend.region_name}b"]


def _attribute(parameter: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in parameter).lstrip("_")
