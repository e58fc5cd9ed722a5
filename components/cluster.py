"""An ECS cluster for Fargate tasks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError

# AWS: ECS API reference, CreateCluster, clusterName; general knowledge of that page, not read again.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,254}")
_ARN = re.compile(r"arn:[a-z-]+:ecs:[a-z0-9-]+:\d{12}:cluster/[A-Za-z0-9_-]+")
CAPACITY_PROVIDERS = ("FARGATE", "FARGATE_SPOT")


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """Container Insights costs per metric; production wants it.

    `existing_arn` is a cluster that somebody else owns, with the capacity providers FARGATE and FARGATE_SPOT: nothing
    of it is changed, and `container_insights` says what it has. `namespace` is the name, once in a region, under which
    services find each other (Service Connect). `cluster_name` is the name that scripts know; None makes one up.
    """

    container_insights: bool = True
    existing_arn: pulumi.Input[str] | None = None
    namespace: str | None = None
    cluster_name: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Cluster(pulumi.ComponentResource):
    """Where services run: Fargate and Fargate Spot, no machines to care for."""

    component_name: str
    container_insights: bool
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    namespace_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check(name, args)
        super().__init__("plinth:cluster:Cluster", name, {}, opts)
        self.component_name = name
        self.container_insights = args.container_insights
        if args.existing_arn is None:
            self._make(name, args)
        else:
            self.arn = pulumi.Output.from_input(args.existing_arn)
            self.name = self.arn.apply(lambda arn: arn.rsplit("/", 1)[-1])
        self.namespace_arn = self._namespace(args.namespace, args.tags) if args.namespace else None
        self.register_outputs({"name": self.name, "arn": self.arn, "namespace_arn": self.namespace_arn})

    def _make(self, name: str, args: ClusterArgs) -> None:
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

    def _cluster(self, name: str, args: ClusterArgs) -> aws.ecs.Cluster:
        insights = aws.ecs.ClusterSettingArgs(
            name="containerInsights", value="enabled" if args.container_insights else "disabled"
        )
        return aws.ecs.Cluster(
            name,
            name=args.cluster_name,
            settings=[insights],
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _namespace(self, namespace: str, tags: Mapping[str, str]) -> pulumi.Output[str]:
        name = f"{self.component_name}-namespace"
        return aws.servicediscovery.HttpNamespace(
            name,
            name=namespace,
            description=f"Services of {self.component_name}",
            tags={**tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        ).arn


def _check(where: str, args: ClusterArgs) -> None:
    if isinstance(args.existing_arn, str) and not _ARN.fullmatch(args.existing_arn):
        raise ComponentError(
            where,
            f"`{args.existing_arn}` is not the ARN of a cluster",
            expected="arn:<partition>:ecs:<region>:<account>:cluster/<name>",
            fix="give the ARN that ECS shows",
        )
    if args.cluster_name is None:
        return
    if args.existing_arn is not None:
        raise ComponentError(
            where,
            f"the name `{args.cluster_name}` for a cluster that has one",
            expected="`existing_arn` or `cluster_name`",
            fix="drop one of them",
        )
    if not _NAME.fullmatch(args.cluster_name):
        raise ComponentError(
            where,
            f"`{args.cluster_name}` is no name of a cluster",
            expected="at most 255 letters, digits, hyphens and underscores, a letter first",
            fix="correct `cluster_name`",
        )
