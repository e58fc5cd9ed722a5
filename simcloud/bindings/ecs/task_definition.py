from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.ecs import _containers, _fargate
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, Value, is_known, without_none

_GIVEN = (
    "family", "taskRoleArn", "executionRoleArn", "networkMode", "requiresCompatibilities", "cpu", "memory",
    "runtimePlatform", "ephemeralStorage", "ipcMode", "pidMode",
)  # fmt: skip


class TaskDefinition(Binding):
    """One revision of a task definition. Every change registers another: AWS never changes a revision."""

    token = "aws:ecs/taskDefinition:TaskDefinition"
    service = "ecs"
    operation = "register_task_definition"
    replaces = frozenset(
        {*_GIVEN, "containerDefinitions", "volumes", "placementConstraints", "proxyConfiguration"}
    )
    defaults = {"skipDestroy": False, "trackLatest": False}
    tagging = tagging.ECS
    references = (Reference("taskRoleArn", "role"), Reference("executionRoleArn", "role"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                **{name: new.get(name) for name in _GIVEN},
                "containerDefinitions": _parsed(new["containerDefinitions"]),
                "volumes": _volumes(new.get("volumes")),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        super().create(ctx, new)
        return str(new["family"])

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["family"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        name = given.get("arn") or identity
        found = ctx.client("ecs").describe_task_definition(taskDefinition=name)["taskDefinition"]
        if found["status"] != "ACTIVE":
            return None
        return {
            "arn": found["taskDefinitionArn"],
            "arnWithoutRevision": found["taskDefinitionArn"].rpartition(":")[0],
            "revision": found["revision"],
            **{key: found.get(key) for key in _GIVEN if key in found or key in given},
            "family": found["family"],
            "networkMode": found.get("networkMode", "bridge"),
            "containerDefinitions": _containers.document(
                found["containerDefinitions"], given.get("containerDefinitions")
            ),
            "enableFaultInjection": given.get("enableFaultInjection", False),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            ctx.client("ecs").deregister_task_definition(taskDefinition=old["arn"])

    def import_id(self, identity: str) -> Props:
        return {"arn": identity} if identity.startswith("arn:") else {}

    def is_gone(self, error: Any) -> bool:
        return super().is_gone(error) or "Unable to describe task definition" in str(error)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        containers = new["containerDefinitions"]
        if isinstance(containers, str):
            yield from _containers.problems(containers, new)
        if "FARGATE" in (new.get("requiresCompatibilities") or ()):
            yield from _fargate_problems(new)


def _parsed(document: Value) -> Value:
    if not isinstance(document, str):
        return UNKNOWN
    try:
        return json.loads(document)
    except ValueError:
        return UNKNOWN


def _volumes(given: Value) -> Value:
    if given is None or not is_known(given):
        return given
    return [without_none({"name": volume["name"], "host": _host(volume)}) for volume in given]


def _host(volume: Props) -> Value:
    path = volume.get("hostPath")
    return {"sourcePath": path} if path else None


def _fargate_problems(new: Props) -> Iterator[Refusal]:
    mode = new.get("networkMode")
    if isinstance(mode, str) and mode != "awsvpc":
        yield Refusal("ClientException", f"Fargate needs networkMode awsvpc, not {mode}.", "networkMode")
    cpu, memory = new.get("cpu"), new.get("memory")
    for name, value in (("cpu", cpu), ("memory", memory)):
        if value is None:
            yield Refusal(
                "ClientException", f"Fargate requires that '{name}' be defined at the task level.", name
            )
    if (complaint := _pair_complaint(cpu, memory)) is not None:
        yield Refusal("ClientException", complaint, "cpu")
    storage = (new.get("ephemeralStorage") or {}).get("sizeInGib")
    if isinstance(storage, int) and not 21 <= storage <= 200:
        yield Refusal("ClientException", "ephemeral storage is 21 to 200 GiB.", "ephemeralStorage.sizeInGib")


def _pair_complaint(cpu: Value, memory: Value) -> str | None:
    if not (isinstance(cpu, str) and isinstance(memory, str) and cpu.isdigit() and memory.isdigit()):
        return None
    return _fargate.complaint(int(cpu), int(memory)) or None
