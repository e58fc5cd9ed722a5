from __future__ import annotations

from simcloud import tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_cluster(ctx: Context, args: Props) -> Props:
    """A cluster by name or ARN."""
    name = args["clusterName"]
    listed = ctx.client("ecs").describe_clusters(clusters=[name], include=["SETTINGS", "CONFIGURATIONS"])
    found = next((cluster for cluster in listed["clusters"] if cluster["status"] == "ACTIVE"), None)
    if found is None:
        raise Refusal("ClusterNotFoundException", f"ECS Cluster ({name}) not found")
    defaults = found.get("serviceConnectDefaults")
    return {
        "arn": found["clusterArn"],
        "clusterName": found["clusterName"],
        "id": found["clusterArn"],
        "pendingTasksCount": found.get("pendingTasksCount", 0),
        "registeredContainerInstancesCount": found.get("registeredContainerInstancesCount", 0),
        "runningTasksCount": found.get("runningTasksCount", 0),
        "region": ctx.region,
        "serviceConnectDefaults": [{"namespace": defaults["namespace"]}] if defaults else [],
        "settings": found.get("settings") or [{"name": "containerInsights", "value": "disabled"}],
        "status": found["status"],
        "tags": tagging.ECS.current(ctx, found["clusterArn"]),
    }
