"""An ECS cluster for Fargate tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """Container Insights costs per metric; production wants it."""

    container_insights: bool = True
    tags: Mapping[str, str] = field(default_factory=dict)


class Cluster(pulumi.ComponentResource):
    """Where services run: Fargate and Fargate Spot, no machines to care for."""

    name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:cluster:Cluster", name, {}, opts)
