"""Caches as ElastiCache answers them."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.elasticache.exceptions import CacheSubnetGroupNotFound
from moto.elasticache.models import ElastiCacheBackend, ReplicationGroup
from moto.elasticache.responses import ElastiCacheResponse

from simcloud.patches import adds, around

_KEPT = (
    "auto_minor_version_upgrade", "cache_parameter_group_name", "cluster_mode", "engine_version", "ip_discovery",
    "notification_topic_arn", "preferred_maintenance_window", "security_group_ids", "snapshot_window",
    "transit_encryption_enabled", "transit_encryption_mode",
)  # fmt: skip


@around(ReplicationGroup)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: with several clusters or a cluster-mode group all nodes are listed; moto: one, or mode disabled."""
    clusters, groups = kwargs.get("num_cache_clusters"), kwargs.get("num_node_groups")
    if clusters and not kwargs.get("replicas_per_node_group"):
        kwargs["replicas_per_node_group"] = int(clusters) - 1
    if groups and int(groups) > 1:
        kwargs["cluster_mode"] = "enabled"
    original(self, *args, **kwargs)
    _name_endpoints(self, kwargs["region_name"])


def _name_endpoints(group: Any, region: str) -> None:
    """AWS: endpoints say their region in short; moto: always us-east-1's."""
    places = [getattr(group, "configuration_endpoint", {})]
    for shard in group.node_groups:
        members = [node.get("read_endpoint", {}) for node in shard["node_group_members"]]
        places += [shard, shard.get("primary_endpoint", {}), *members]
    for place in places:
        for key in ("address", "primary_endpoint_address", "reader_endpoint_address"):
            if key in place:
                place[key] = place[key].replace(".use1.", f".{short_region(region)}.")


def short_region(region: str) -> str:
    """`use1` for us-east-1, `apse2` for ap-southeast-2."""
    area, side, number = region.rsplit("-", 2)
    letters = "".join(word[0] for word in re.findall("north|south|east|west|central", side))
    return f"{area.replace('-', '')}{letters}{number}"


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
    _change_logs(group, self._get_params().get("LogDeliveryConfigurations", []))
    _change_access(group, self._get_params())
    _register_members(self.elasticache_backend, group)
    return answer


def _change_logs(group: Any, given: list[dict[str, Any]]) -> None:
    """A log that is named is changed or, if disabled, removed; others stay."""
    kinds = {item["LogType"] for item in given}
    kept = [item for item in group.log_delivery_configurations if item["LogType"] not in kinds]
    on = [item for item in given if str(item.get("Enabled", True)).lower() != "false"]
    group.log_delivery_configurations = kept + group._get_log_delivery_configurations(on)


def _change_access(group: Any, given: dict[str, Any]) -> None:
    strategy = given.get("AuthTokenUpdateStrategy")
    if given.get("AuthToken") or strategy:
        group.auth_token_enabled = strategy != "DELETE"
        group.auth_token_last_modified_date = utcnow()
    gone, added = given.get("UserGroupIdsToRemove", []), given.get("UserGroupIdsToAdd", [])
    group.user_group_ids = [name for name in group.user_group_ids if name not in gone] + added


@adds(ElastiCacheResponse)
def modify_replication_group_shard_configuration(self: Any) -> ActionResult:
    """AWS: shards are added or the last ones removed, slots spread anew; moto: not implemented."""
    backend = self.elasticache_backend
    group = backend.describe_replication_groups(self._get_param("ReplicationGroupId"))[0]
    wanted = int(self._get_param("NodeGroupCount"))
    replicas = len(group.node_groups[0]["node_group_members"]) - 1
    _forget_members(backend, group)
    group.node_groups = [_shard(group, number, wanted, replicas) for number in range(wanted)]
    _list_members(group)
    _register_members(backend, group)
    return ActionResult({"ReplicationGroup": group})


def _shard(group: Any, number: int, shards: int, replicas: int) -> dict[str, Any]:
    """One of `shards` equal parts of the 16384 slots, with its nodes."""
    first, last = number * 16_384 // shards, (number + 1) * 16_384 // shards - 1
    name = f"{number + 1:0>4}"
    shard: dict[str, Any] = {"node_group_id": name, "status": "available", "slots": f"{first}-{last}"}
    shard["node_group_members"] = [
        {"cache_cluster_id": f"{group.replication_group_id}-{name}-{node + 1:0>3}", "cache_node_id": name}
        for node in range(replicas + 1)
    ]
    return shard


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
    _list_members(group)
    _register_members(backend, group)
    return ActionResult({"ReplicationGroup": group})


def _list_members(group: Any) -> None:
    group.member_clusters = [
        node["cache_cluster_id"] for shard in group.node_groups for node in shard["node_group_members"]
    ]


def _forget_members(backend: Any, group: Any) -> None:
    for name, cluster in list(backend.cache_clusters.items()):
        if getattr(cluster, "replication_group_id", None) == group.replication_group_id:
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
