"""An ECS cluster for Fargate tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

CAPACITY_PROVIDERS = ("FARGATE", "FARGATE_SPOT")


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """Container Insights costs per metric; production wants it."""

    container_insights: bool = True
    tags: Mapping[str, str] = field(default_factory=dict)


class Cluster(pulumi.ComponentResource):
    """Where services run: Fargate and Fargate Spot, no machines to care for."""

    component_name: str
    container_insights: bool
    name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:cluster:Cluster", name, {}, opts)
        self.component_name = name
        self.container_insights = args.container_insights
        cluster = self._cluster(name, args)
        providers = aws.ecs.ClusterCapacityProviders(
            f"{name}-capacity",
            cluster_name=cluster.name,
            capacity_providers=list(CAPACITY_PROVIDERS),
            opts=pulumi.ResourceOptions(parent=self),
        )
        # A service may name a capacity provider only after the cluster has it, so the name waits for both.
        self.name = providers.cluster_name
        self.arn = pulumi.Output.all(cluster.arn, providers.id).apply(lambda both: str(both[0]))
        self.register_outputs({"name": self.name, "arn": self.arn})

    def _cluster(self, name: str, args: ClusterArgs) -> aws.ecs.Cluster:
        insights = aws.ecs.ClusterSettingArgs(
            name="containerInsights", value="enabled" if args.container_insights else "disabled"
        )
        return aws.ecs.Cluster(
            name,
            settings=[insights],
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )
