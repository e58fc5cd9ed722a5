"""A Fargate service: one container, kept running, scaled and replaced without downtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi

from components.cluster import Cluster
from components.destination import Destination, https_anywhere
from components.secret_ref import SecretRef
from components.service_scaling import Scaling

if TYPE_CHECKING:
    from components.gateway import Target
    from components.registry import Registry
    from components.relations import Peer

__all__ = ["Destination", "Scaling", "Service", "ServiceArgs"]


@dataclass(frozen=True, kw_only=True)
class ServiceArgs:
    """`cpu` in CPU units (1024 = one vCPU), `memory` in MiB; `registry` narrows the pull rights to one repository.

    `egress` are the destinations outside of the relations; `writable_paths` become empty scratch volumes.
    """

    cluster: Cluster
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    image: pulumi.Input[str]
    port: int
    cpu: int
    memory: int
    target: Target | None = None
    registry: Registry | None = None
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, SecretRef] = field(default_factory=dict)
    scaling: Scaling | None = None
    desired_count: int = 1
    egress: Sequence[Destination] = field(default_factory=lambda: (https_anywhere(),))
    log_retention_days: int = 30
    kms_key_arn: pulumi.Input[str] | None = None
    spot_share_percent: int = 0
    health_command: Sequence[str] | None = None
    health_grace_seconds: int = 60
    command: Sequence[str] | None = None
    writable_paths: Sequence[str] = ("/tmp",)
    minimum_healthy_percent: int = 100
    maximum_percent: int = 200
    wait_for_steady_state: bool = True
    tags: Mapping[str, str] = field(default_factory=dict)


class Service(pulumi.ComponentResource):
    """One service in private subnets, reachable only from the peers that it allows."""

    component_name: str
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    task_role_name: pulumi.Output[str]
    task_role_arn: pulumi.Output[str]
    execution_role_name: pulumi.Output[str]
    log_group_name: str
    port: int

    def __init__(
        self, name: str, args: ServiceArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:service:Service", name, {}, opts)

    def allow_from(self, peer: Peer) -> None:
        """Let `peer` connect to the container's port, in both security groups."""
