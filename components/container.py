"""What a task's container is, as ECS wants it written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

CONTAINER_NAME = "app"


@dataclass(frozen=True, kw_only=True)
class Container:
    """One container; `secrets` maps an environment variable to its `valueFrom`."""

    image: pulumi.Input[str]
    port: int
    log_group: pulumi.Input[str]
    region: pulumi.Input[str]
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    writable_paths: Sequence[str] = ()
    health_command: Sequence[str] | None = None
    command: Sequence[str] | None = None
    stop_seconds: int = 30


def definition(container: Container) -> dict[str, Any]:
    """The container definition; lists are sorted, so that the same settings always give the same text."""
    return {
        "name": CONTAINER_NAME,
        "image": container.image,
        "essential": True,
        "readonlyRootFilesystem": True,
        "linuxParameters": {"initProcessEnabled": True},
        "portMappings": [_port(container.port)],
        "environment": _named(container.environment, "value"),
        "secrets": _named(container.secrets, "valueFrom"),
        "mountPoints": [_mount(path) for path in container.writable_paths],
        "logConfiguration": _logs(container),
        "stopTimeout": container.stop_seconds,
        **_optional(container),
    }


def volume_name(path: str) -> str:
    """The name of the scratch volume behind a writable path: `/var/run` is `var-run`."""
    return path.strip("/").replace("/", "-").replace(".", "-") or "root"


def _port(port: int) -> dict[str, Any]:
    return {"containerPort": port, "hostPort": port, "protocol": "tcp"}


def _named(values: Mapping[str, pulumi.Input[str]], key: str) -> list[dict[str, Any]]:
    return [{"name": name, key: value} for name, value in sorted(values.items())]


def _mount(path: str) -> dict[str, Any]:
    return {"sourceVolume": volume_name(path), "containerPath": path, "readOnly": False}


def _logs(container: Container) -> dict[str, Any]:
    options = {
        "awslogs-group": container.log_group,
        "awslogs-region": container.region,
        "awslogs-stream-prefix": CONTAINER_NAME,
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
    return found


def _health(command: Sequence[str]) -> dict[str, Any]:
    return {"command": list(command), "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 60}
