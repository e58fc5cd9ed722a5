"""What other resources name of ECS."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "ecs_cluster": Resolver(
        "ClusterNotFoundException",
        "Cluster not found: {value}",
        lambda ctx, value: any(
            cluster["status"] == "ACTIVE"
            for cluster in ctx.client("ecs").describe_clusters(clusters=[value])["clusters"]
        ),
    ),
    "task_definition": Resolver(
        "ClientException",
        "Unable to describe task definition {value}",
        lambda ctx, value: ctx.client("ecs").describe_task_definition(taskDefinition=value),
    ),
}
