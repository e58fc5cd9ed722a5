"""What other resources name of ECS."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _listener_or_rule(ctx: Context, value: str) -> Any:
    elb = ctx.client("elbv2")
    if ":listener-rule/" in value:
        return elb.describe_rules(RuleArns=[value])
    return elb.describe_listeners(ListenerArns=[value])


def _auto_scaling_group(ctx: Context, value: str) -> bool:
    name = value.rsplit("/", 1)[-1]
    groups = ctx.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])
    return any(group["AutoScalingGroupARN"] == value for group in groups["AutoScalingGroups"])


RESOLVERS = {
    "ecs_cluster": Resolver(
        "ClusterNotFoundException",
        "Cluster not found: {value}",
        lambda ctx, value: any(
            cluster["status"] == "ACTIVE"
            for cluster in ctx.client("ecs").describe_clusters(clusters=[value])["clusters"]
        ),
    ),
    "listener_or_rule": Resolver(
        "InvalidParameterException",
        "The listener or listener rule {value} cannot be found.",
        _listener_or_rule,
        given_out=True,
    ),
    "auto_scaling_group": Resolver(
        "ClientException",
        "The specified Auto Scaling group ARN {value} does not exist.",
        _auto_scaling_group,
    ),
    "task_definition": Resolver(
        "ClientException",
        "Unable to describe task definition {value}",
        lambda ctx, value: ctx.client("ecs").describe_task_definition(taskDefinition=value),
    ),
}
