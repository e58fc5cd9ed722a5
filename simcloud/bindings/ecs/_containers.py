"""Container definitions: a JSON document inside a task definition."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from simcloud.bindings.ecs import _container_rules
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, align

_PATH = "containerDefinitions"


def document(found: list[dict[str, Any]], given: Value) -> str:
    """What AWS answers, as the provider writes it: in the words of `given` where it says the same."""
    if isinstance(given, str):
        try:
            aligned = align(json.loads(given), found)
        except ValueError:
            aligned = found
        if aligned == json.loads(given):
            return given
        return json.dumps(aligned, sort_keys=True)
    return json.dumps(found, sort_keys=True)


def problems(text: str, new: Props) -> Iterator[Refusal]:
    """What AWS refuses in the definitions."""
    try:
        containers = json.loads(text)
    except ValueError as error:
        yield Refusal("ClientException", f"containerDefinitions is not JSON: {error}.", _PATH)
        return
    if not isinstance(containers, list) or not containers:
        yield Refusal(
            "ClientException", "containerDefinitions must be a list of at least one container.", _PATH
        )
        return
    yield from _names(containers)
    yield from _essential(containers)
    for container in containers:
        yield from _one(container, new)
    yield from _container_rules.problems(containers, new)


def _names(containers: list[Props]) -> Iterator[Refusal]:
    for name, count in Counter(container.get("name") for container in containers).items():
        if count > 1:
            yield Refusal("ClientException", f"Container.name '{name}' is used {count} times.", _PATH)


def _essential(containers: list[Props]) -> Iterator[Refusal]:
    if not any(container.get("essential", True) for container in containers):
        yield Refusal(
            "ClientException", "Invalid setting for container. At least one must be essential.", _PATH
        )


def _one(container: Props, new: Props) -> Iterator[Refusal]:
    name = container.get("name", "?")
    if not container.get("image"):
        yield Refusal("ClientException", f"Container.image of '{name}' should not be null or empty.", _PATH)
    if container.get("secrets") and new.get("executionRoleArn") is None:
        yield Refusal(
            "ClientException",
            f"container '{name}' has secrets: an executionRoleArn is needed to fetch them.",
            "executionRoleArn",
        )
    volumes = {volume.get("name") for volume in new.get("volumes") or ()}
    for mount in container.get("mountPoints") or ():
        if mount.get("sourceVolume") not in volumes:
            yield Refusal("ClientException", f"Unknown volume '{mount.get('sourceVolume')}'.", _PATH)
    if new.get("networkMode") == "awsvpc":
        for port in container.get("portMappings") or ():
            if port.get("hostPort") not in (None, port.get("containerPort")):
                yield Refusal(
                    "ClientException", f"with awsvpc, hostPort equals containerPort ('{name}').", _PATH
                )
