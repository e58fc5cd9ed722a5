"""What AWS refuses inside one container definition, and between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: API reference of ContainerDefinition (botocore 1.44.5), read 2026-11, and «Amazon ECS task definition parameters
# for Fargate», ECS Developer Guide; the latter per general knowledge, not verified against AWS.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
_CONDITIONS = ("START", "COMPLETE", "SUCCESS", "HEALTHY")
_HEALTH = {"interval": (5, 300), "timeout": (2, 120), "retries": (1, 10), "startPeriod": (0, 300)}
_FARGATE_LOGS = ("awslogs", "splunk", "awsfirelens")
_NOT_ON_FARGATE = ("privileged", "links", "dockerSecurityOptions", "extraHosts", "disableNetworking")
_LOG_OPTIONS = ("awslogs-group", "awslogs-region", "awslogs-stream-prefix")


def problems(containers: list[Props], new: Props) -> Iterator[Refusal]:
    """Everything wrong in the definitions."""
    fargate = "FARGATE" in (new.get("requiresCompatibilities") or ())
    for container in containers:
        for message in _one(container, new, fargate):
            name = container.get("name")
            yield Refusal("ClientException", f"Container '{name}': {message}", "containerDefinitions")
    for message in (*_ports(containers), *_dependencies(containers)):
        yield Refusal("ClientException", message, "containerDefinitions")


def _one(container: Props, new: Props, fargate: bool) -> Iterator[str]:
    if not _NAME.fullmatch(str(container.get("name"))):
        yield "a name has 1 to 255 letters, digits, hyphens and underscores."
    yield from _sizes(container, new)
    yield from _variables(container)
    health = container.get("healthCheck") or {}
    for name, (low, high) in _HEALTH.items():
        if isinstance(health.get(name), int) and not low <= health[name] <= high:
            yield f"healthCheck.{name} is {health[name]}, must be {low} to {high}."
    if fargate:
        yield from _on_fargate(container)


def _sizes(container: Props, new: Props) -> Iterator[str]:
    hard, soft = container.get("memory"), container.get("memoryReservation")
    for name, least in (("memory", 6), ("memoryReservation", 6), ("cpu", 0)):
        value, whole = container.get(name), _number(new.get("cpu" if name == "cpu" else "memory"))
        if isinstance(value, int) and value < least:
            yield f"{name} is {value}, must be {least} at least."
        if isinstance(value, int) and whole is not None and value > whole:
            yield f"{name} {value} exceeds the task's {whole}."
    if isinstance(hard, int) and isinstance(soft, int) and soft > hard:
        yield f"memoryReservation {soft} must not be above memory {hard}."


def _variables(container: Props) -> Iterator[str]:
    secrets = container.get("secrets") or []
    names = [item.get("name") for item in secrets if isinstance(item, Mapping)]
    plain = [item.get("name") for item in container.get("environment") or () if isinstance(item, Mapping)]
    for name in sorted({str(name) for name in names if names.count(name) > 1 or name in plain}):
        yield f"The secret name must be unique and not shared with any new or existing environment variables: {name}."
    for item in secrets:
        if isinstance(item, Mapping) and not item.get("valueFrom"):
            yield f"the secret {item.get('name')} has no valueFrom."


def _on_fargate(container: Props) -> Iterator[str]:
    for name in _NOT_ON_FARGATE:
        if container.get(name):
            yield f"{name} is not supported on Fargate."
    log = container.get("logConfiguration") or {}
    driver, options = log.get("logDriver"), log.get("options") or {}
    if driver is not None and driver not in _FARGATE_LOGS:
        yield f"Fargate takes the log drivers {', '.join(_FARGATE_LOGS)}, not {driver}."
    if driver == "awslogs":
        yield from (
            f"Log driver awslogs requires options: {name}." for name in _LOG_OPTIONS if not options.get(name)
        )


def _ports(containers: list[Props]) -> Iterator[str]:
    seen: set[tuple[Any, str]] = set()
    for mapping in (item for container in containers for item in container.get("portMappings") or ()):
        port, protocol = mapping.get("containerPort"), str(mapping.get("protocol") or "tcp")
        if isinstance(port, int) and not 1 <= port <= 65535:
            yield f"containerPort {port} must be 1 to 65535."
        if port is not None and (port, protocol) in seen:
            yield f"Port mappings of one task must be unique: {port}/{protocol} is there twice."
        seen.add((port, protocol))


def _dependencies(containers: list[Props]) -> Iterator[str]:
    by_name = {str(container.get("name")): container for container in containers}
    edges: dict[str, list[str]] = {name: [] for name in by_name}
    for name, container in by_name.items():
        for item in container.get("dependsOn") or ():
            other, condition = str(item.get("containerName")), item.get("condition")
            if other not in by_name:
                yield f"Container '{name}' depends on '{other}', which does not exist."
                continue
            edges[name].append(other)
            if condition not in _CONDITIONS:
                yield f"The condition {condition!r} is not one of {', '.join(_CONDITIONS)}."
            if condition == "HEALTHY" and not by_name[other].get("healthCheck"):
                yield f"Container '{name}' waits for '{other}' to be HEALTHY, which has no healthCheck."
            if condition in ("COMPLETE", "SUCCESS") and by_name[other].get("essential", True):
                yield f"Container '{name}' waits for the end of '{other}', which is essential."
    if any(_reaches(edges, name, name, set()) for name in edges):
        yield "The dependencies of the containers form a cycle."


def _reaches(edges: dict[str, list[str]], start: str, goal: str, seen: set[str]) -> bool:
    for other in edges[start]:
        if other == goal or (other not in seen and _reaches(edges, other, goal, {*seen, other})):
            return True
    return False


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, str | int) and str(value).isdigit() else None
