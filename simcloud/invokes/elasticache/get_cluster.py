from __future__ import annotations

from simcloud.bindings.elasticache.cluster import outputs
from simcloud.context import Context
from simcloud.tagging import ELASTICACHE
from simcloud.values import Props

_SAME = (
    "arn", "availabilityZone", "cacheNodes", "clusterAddress", "clusterId", "configurationEndpoint", "engine",
    "engineVersion", "ipDiscovery", "maintenanceWindow", "networkType", "nodeType", "numCacheNodes",
    "parameterGroupName", "port", "preferredOutpostArn", "replicationGroupId", "securityGroupIds",
    "snapshotRetentionLimit", "snapshotWindow", "subnetGroupName",
)  # fmt: skip


def get_cluster(ctx: Context, args: Props) -> Props:
    """A cache by its id."""
    listed = ctx.client("elasticache").describe_cache_clusters(
        CacheClusterId=args["clusterId"], ShowCacheNodeInfo=True
    )
    answer = outputs(listed["CacheClusters"][0], {})
    return {
        **{key: answer[key] for key in _SAME},
        "id": answer["clusterId"],
        "logDeliveryConfigurations": [],
        "notificationTopicArn": answer["notificationTopicArn"] or "",
        "region": ctx.region,
        "tags": ELASTICACHE.current(ctx, answer["arn"]),
    }
