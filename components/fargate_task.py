"""What every Fargate task needs: its registered definition, and the group that its log goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pulumi
import pulumi_aws as aws

from components.container import Container, definition
from components.service_roles import Roles


class TaskArgs(Protocol):
    """What the arguments of a service and of a job say alike."""

    @property
    def cpu(self) -> int: ...

    @property
    def memory(self) -> int: ...

    @property
    def cpu_architecture(self) -> str: ...

    @property
    def ephemeral_storage_gb(self) -> int | None: ...

    @property
    def log_retention_days(self) -> int: ...

    @property
    def kms_key_arn(self) -> pulumi.Input[str] | None: ...

    @property
    def tags(self) -> Mapping[str, str]: ...


def register_task(
    parent: pulumi.Resource,
    name: str,
    args: TaskArgs,
    roles: Roles,
    *,
    volumes: Sequence[str],
    containers: Sequence[Container],
) -> aws.ecs.TaskDefinition:
    """One revision of the task; another one is made for every change, and who runs it moves on to it."""
    storage = args.ephemeral_storage_gb
    return aws.ecs.TaskDefinition(
        f"{name}-task-definition",
        family=name,
        requires_compatibilities=["FARGATE"],
        network_mode="awsvpc",
        cpu=str(args.cpu),
        memory=str(args.memory),
        execution_role_arn=roles.execution.arn,
        task_role_arn=roles.task.arn,
        runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
            operating_system_family="LINUX", cpu_architecture=args.cpu_architecture
        ),
        ephemeral_storage=(
            None if storage is None else aws.ecs.TaskDefinitionEphemeralStorageArgs(size_in_gib=storage)
        ),
        volumes=[aws.ecs.TaskDefinitionVolumeArgs(name=volume) for volume in volumes],
        container_definitions=pulumi.Output.json_dumps([definition(item) for item in containers]),
        tags={**args.tags, "Name": f"{name}-task-definition"},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def task_log_group(parent: pulumi.Resource, name: str, args: TaskArgs) -> aws.cloudwatch.LogGroup:
    """Where the containers write to."""
    return aws.cloudwatch.LogGroup(
        f"{name}-logs",
        name=f"/ecs/{name}",
        retention_in_days=args.log_retention_days,
        kms_key_id=args.kms_key_arn,
        tags={**args.tags, "Name": f"{name}-logs"},
        opts=pulumi.ResourceOptions(parent=parent),
    )
