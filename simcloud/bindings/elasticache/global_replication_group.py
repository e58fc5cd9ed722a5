from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params, RecordedBinding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS puts letters of the region before the name; from memory, not verified.
_PREFIXES = {"us-east-1": "ldgnf", "us-west-2": "sgaui", "eu-west-1": "iwfvf", "eu-central-1": "iqmfu"}
_SUFFIX = re.compile(r"(?!.*--)[a-z][a-z0-9-]{0,39}(?<!-)")


class GlobalReplicationGroup(RecordedBinding):
    """A cache in several regions, made from one that is there. moto has none: it is recorded."""

    token = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup"
    service = "elasticache"
    operation = "create_global_replication_group"
    parameters = {
        "GlobalReplicationGroupIdSuffix": "globalReplicationGroupIdSuffix",
        "PrimaryReplicationGroupId": "primaryReplicationGroupId",
    }
    replaces = frozenset({"globalReplicationGroupIdSuffix", "primaryReplicationGroupId"})
    references = (Reference("primaryReplicationGroupId", "replication_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "GlobalReplicationGroupIdSuffix": new["globalReplicationGroupIdSuffix"],
                "PrimaryReplicationGroupId": new["primaryReplicationGroupId"],
                "GlobalReplicationGroupDescription": new.get("globalReplicationGroupDescription"),
            }
        )

    def new_identity(self, ctx: Context, new: Props) -> str:
        return f"{_PREFIXES.get(ctx.region, 'virxk')}-{new['globalReplicationGroupIdSuffix']}"

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        group, member = _primary(ctx, new["primaryReplicationGroupId"])
        version = member["EngineVersion"]
        shards = group["NodeGroups"]
        return {
            "arn": ctx.arn("elasticache", f"globalreplicationgroup:{identity}", regional=False),
            "atRestEncryptionEnabled": group["AtRestEncryptionEnabled"],
            "authTokenEnabled": group["AuthTokenEnabled"],
            "automaticFailoverEnabled": new.get(
                "automaticFailoverEnabled", group["AutomaticFailover"] == "enabled"
            ),
            "cacheNodeType": new.get("cacheNodeType", group["CacheNodeType"]),
            "clusterEnabled": bool(group.get("ClusterEnabled")),
            "engine": new.get("engine", group.get("Engine", "redis")),
            "engineVersion": new.get("engineVersion", version),
            "engineVersionActual": version if version.count(".") > 1 else f"{version}.0",
            "globalNodeGroups": [
                {"globalNodeGroupId": f"{identity}-{shard['NodeGroupId']}", "slots": shard.get("Slots", "")}
                for shard in shards
            ],
            "globalReplicationGroupId": identity,
            "numNodeGroups": new.get("numNodeGroups", len(shards)),
            "transitEncryptionEnabled": group["TransitEncryptionEnabled"],
        }

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        suffix, node = new["globalReplicationGroupIdSuffix"], new.get("cacheNodeType")
        if isinstance(suffix, str) and not _SUFFIX.fullmatch(suffix):
            yield Refusal(
                "InvalidParameterValue",
                f"{suffix!r}: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter.",
                "globalReplicationGroupIdSuffix",
            )
        if isinstance(node, str) and _is_small(node):
            yield Refusal(
                "InvalidParameterValue",
                f"global replication groups do not come with {node}.",
                "cacheNodeType",
            )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        """AWS: global datastores need nodes of the families m and r."""
        group, _ = _primary(ctx, new["primaryReplicationGroupId"])
        if _is_small(group["CacheNodeType"]):
            yield Refusal(
                "InvalidParameterValue",
                f"the primary's nodes are {group['CacheNodeType']}; a global replication group needs m5, r5 or later.",
                "primaryReplicationGroupId",
            )


def _primary(ctx: Context, name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    elasticache = ctx.client("elasticache")
    group = elasticache.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]
    member = elasticache.describe_cache_clusters(CacheClusterId=group["MemberClusters"][0])["CacheClusters"][
        0
    ]
    return group, member


def _is_small(node: str) -> bool:
    return node.startswith(("cache.t", "cache.m4", "cache.r4"))
