"""What a task's container is, as ECS wants it written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

CONTAINER_NAME = "app"


@dataclass(frozen=True, kw_only=True)
class Container:
    """One container; `secrets` maps an environment variable to its `valueFrom`.

    Without `port` it listens to nobody. `volume_prefix` keeps its scratch volumes apart from other containers'.
    `waits_for` maps other containers to the condition they must meet first. `logs` replaces the log group.
    """

    image: pulumi.Input[str]
    port: int | None
    log_group: pulumi.Input[str]
    region: pulumi.Input[str]
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    writable_paths: Sequence[str] = ()
    health_command: Sequence[str] | None = None
    command: Sequence[str] | None = None
    stop_seconds: int = 30
    name: str = CONTAINER_NAME
    essential: bool = True
    read_only_root: bool = True
    port_name: str | None = None
    cpu: int | None = None
    memory: int | None = None
    volume_prefix: str = ""
    waits_for: Mapping[str, str] = field(default_factory=dict)
    logs: Mapping[str, Any] | None = None
    log_router: Mapping[str, Any] | None = None


def definition(container: Container) -> dict[str, Any]:
    """The container definition; lists are sorted, so that the same settings always give the same text."""
    return {
        "name": container.name,
        "image": container.image,
        "essential": container.essential,
        "readonlyRootFilesystem": container.read_only_root,
        "linuxParameters": {"initProcessEnabled": True},
        "portMappings": [] if container.port is None else [_port(container.port, container.port_name)],
        "environment": _named(container.environment, "value"),
        "secrets": _named(container.secrets, "valueFrom"),
        "mountPoints": [_mount(path, container.volume_prefix) for path in container.writable_paths],
        "logConfiguration": _logs(container) if container.logs is None else container.logs,
        "stopTimeout": container.stop_seconds,
        **_optional(container),
    }


def volume_name(path: str, prefix: str = "") -> str:
    """The name of the scratch volume behind a writable path: `/var/run` is `var-run`."""
    return prefix + (path.strip("/").replace("/", "-").replace(".", "-") or "root")


def _port(port: int, name: str | None) -> dict[str, Any]:
    mapping = {"containerPort": port, "hostPort": port, "protocol": "tcp"}
    return mapping if name is None else {**mapping, "name": name, "appProtocol": "http"}


def _named(values: Mapping[str, pulumi.Input[str]], key: str) -> list[dict[str, Any]]:
    return [{"name": name, key: value} for name, value in sorted(values.items())]


def _mount(path: str, prefix: str) -> dict[str, Any]:
    return {"sourceVolume": volume_name(path, prefix), "containerPath": path, "readOnly": False}


def _logs(container: Container) -> dict[str, Any]:
    options = {
        "awslogs-group": container.log_group,
        "awslogs-region": container.region,
        "awslogs-stream-prefix": container.name,
        # A slow log service must not stop the application; what does not fit is dropped.
        "mode": "non-blocking",
        "max-buffer-size": "25m",
    }
    return {"logDriver": "awslogs", "options": options}


def _optional(container: Container) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if container.command is not None:
        found["command"] = list(container.command)
    if container.health_command is not None:
        found["healthCheck"] = _health(container.health_command)
    if container.waits_for:
        found["dependsOn"] = [
            {"containerName": name, "condition": condition}
            for name, condition in sorted(container.waits_for.items())
        ]
    if container.log_router is not None:
        found["firelensConfiguration"] = container.log_router
    sizes = {"cpu": container.cpu, "memory": container.memory}
    return {**found, **{name: size for name, size in sizes.items() if size is not None}}


def _health(command: Sequence[str]) -> dict[str, Any]:
    return {"command": list(command), "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 60}
