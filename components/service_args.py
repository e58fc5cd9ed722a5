"""What a service is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.cluster import Cluster
from components.destination import Destination, https_anywhere
from components.gateway import Target
from components.registry import Registry
from components.secret_ref import SecretRef
from components.service_connect import Connect
from components.service_deployment import Deployment, Rolling
from components.service_grant import Grant
from components.service_route import Route
from components.service_scaling import Scaling
from components.service_sidecar import Sidecar


@dataclass(frozen=True, kw_only=True)
class ServiceArgs:
    """`cpu` in CPU units (1024 = one vCPU), `memory` in MiB; `registry` narrows the pull rights to itself.

    `egress` are the destinations outside of the relations. `writable_paths` become scratch volumes, empty at
    start, which belong to root unless the image declares them as volumes. With `scaling`, `desired_count`
    counts only at creation.

    `behind` makes the target groups that `deployment` needs; `target` is one that the caller made. The first
    `on_demand_tasks` run on demand, `spot_share_percent` of those above on Fargate Spot. `ephemeral_storage_gb`
    is the disk of a task (AWS: 21 to 200; 20 where nothing is said). `allow_exec` opens a shell in the tasks to
    whoever may call ecs:ExecuteCommand. `service_name` is the name that scripts know, once in the cluster; None makes
    one up. `grants` are what the task role may do besides what relations say.
    """

    cluster: Cluster
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    image: pulumi.Input[str]
    port: int
    cpu: int
    memory: int
    target: Target | None = None
    behind: Route | None = None
    deployment: Deployment = field(default_factory=Rolling)
    registry: Registry | None = None
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, SecretRef] = field(default_factory=dict)
    scaling: Scaling | None = None
    desired_count: int = 1
    egress: Sequence[Destination] = field(default_factory=lambda: (https_anywhere(),))
    log_retention_days: int = 30
    kms_key_arn: pulumi.Input[str] | None = None
    on_demand_tasks: int = 1
    spot_share_percent: int = 0
    sidecars: Sequence[Sidecar] = ()
    grants: Sequence[Grant] = ()
    connect: Connect | None = None
    require_digest: bool = False
    allow_exec: bool = False
    ephemeral_storage_gb: int | None = None
    health_command: Sequence[str] | None = None
    health_grace_seconds: int = 60
    command: Sequence[str] | None = None
    writable_paths: Sequence[str] = ("/tmp",)
    cpu_architecture: str = "X86_64"
    minimum_healthy_percent: int = 100
    maximum_percent: int = 200
    availability_zone_rebalancing: bool = True
    wait_for_steady_state: bool = True
    service_name: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
