"""The task definition of a service: its container, those beside it, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pulumi
import pulumi_aws as aws

from components.container import Container, volume_name
from components.fargate_task import register_task
from components.service_args import ServiceArgs
from components.service_connect import PORT_NAME
from components.service_grant import Grant
from components.service_image import by_digest
from components.service_roles import Roles
from components.service_sidecar import (
    containers_beside,
    routed_logs,
    router_of,
    volumes_beside,
    waited_for,
)

# aws/containers-roadmap#1359: what the agent of ECS Exec writes to, which a read-only root does not allow.
_EXEC_PATHS = ("/managed-agents", "/var/lib/amazon", "/var/log/amazon")
# AWS: "Permissions required for ECS Exec"; these actions know no resources. Per reference notes.
_EXEC_ACTIONS = tuple(
    f"ssmmessages:{what}"
    for what in ("CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")
)
_WRITE_LOG = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")


def make_task_definition(
    parent: pulumi.Resource,
    name: str,
    args: ServiceArgs,
    roles: Roles,
    *,
    log_group: pulumi.Input[str],
    region: pulumi.Input[str],
) -> aws.ecs.TaskDefinition:
    """One revision of the task; another one is made for every change, and the service moves on to it."""
    containers = _containers(name, args, log_group, region)
    return register_task(parent, name, args, roles, volumes=_volumes(args), containers=containers)


def task_grants(args: ServiceArgs, log_group_arn: pulumi.Input[str]) -> list[Grant]:
    """What the task role needs before the application asks for anything."""
    grants = [*args.grants, *(grant for sidecar in args.sidecars for grant in sidecar.grants)]
    if any(sidecar.writes_to_log_group for sidecar in args.sidecars):
        streams = pulumi.Output.concat(log_group_arn, ":*")
        grants.append(Grant(sid="WriteOwnLog", actions=_WRITE_LOG, resources=[streams]))
    if args.allow_exec:
        grants.append(Grant(sid="OpenShells", actions=_EXEC_ACTIONS, resources=["*"]))
    return grants


def _containers(
    name: str, args: ServiceArgs, log_group: pulumi.Input[str], region: pulumi.Input[str]
) -> list[Container]:
    router = router_of(args.sidecars)
    app = Container(
        image=_image(name, args, args.image),
        port=args.port,
        port_name=None if args.connect is None else PORT_NAME,
        log_group=log_group,
        region=region,
        environment={**_told_by_sidecars(args), **args.environment},
        secrets={variable: ref.value_from() for variable, ref in args.secrets.items()},
        writable_paths=_writable_paths(args),
        health_command=args.health_command,
        command=args.command,
        waits_for=waited_for(args.sidecars),
        logs=None if router is None else routed_logs(router, log_group, region),
    )
    sidecars = [replace(sidecar, image=_image(name, args, sidecar.image)) for sidecar in args.sidecars]
    return [app, *containers_beside(sidecars, log_group, region)]


def _image(name: str, args: ServiceArgs, image: pulumi.Input[str]) -> pulumi.Input[str]:
    return by_digest(name, image) if args.require_digest else image


def _told_by_sidecars(args: ServiceArgs) -> Mapping[str, str]:
    return {
        variable: value for sidecar in args.sidecars for variable, value in sidecar.app_environment.items()
    }


def _writable_paths(args: ServiceArgs) -> list[str]:
    return list(dict.fromkeys([*args.writable_paths, *(_EXEC_PATHS if args.allow_exec else ())]))


def _volumes(args: ServiceArgs) -> list[str]:
    return [*(volume_name(path) for path in _writable_paths(args)), *volumes_beside(args.sidecars)]
