from __future__ import annotations

from simcloud.bindings.elasticache import _group_outputs
from simcloud.context import Context
from simcloud.values import Props

_SAME = (
    "arn", "automaticFailoverEnabled", "clusterMode", "configurationEndpointAddress", "description", "memberClusters",
    "multiAzEnabled", "nodeType", "numCacheClusters", "numNodeGroups", "port", "primaryEndpointAddress",
    "readerEndpointAddress", "replicasPerNodeGroup", "replicationGroupId", "snapshotRetentionLimit", "snapshotWindow",
)  # fmt: skip


def get_replication_group(ctx: Context, args: Props) -> Props:
    """A replication group by its id."""
    name = args["replicationGroupId"]
    listed = ctx.client("elasticache").describe_replication_groups(ReplicationGroupId=name)
    group = listed["ReplicationGroups"][0]
    answer = _group_outputs.props(ctx, group, {})
    return {
        **{key: answer[key] for key in _SAME},
        "authTokenEnabled": bool(group.get("AuthTokenEnabled")),
        "id": answer["replicationGroupId"],
        "logDeliveryConfigurations": answer["logDeliveryConfigurations"] or [],
        "nodeGroupConfigurations": answer["nodeGroupConfigurations"],
        "region": ctx.region,
    }
