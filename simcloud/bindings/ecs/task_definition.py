from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api, _trust
from simcloud.bindings._checks import written
from simcloud.bindings.ecs import _containers, _fargate, _volume_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, Value, without_none

_SAME = (
    "cpu", "enableFaultInjection", "ephemeralStorage", "executionRoleArn", "family", "ipcMode", "memory", "networkMode",
    "pidMode", "placementConstraints", "requiresCompatibilities", "runtimePlatform", "taskRoleArn", "volumes",
)  # fmt: skip
_MEMBERS = _api.members(_SAME, {})
_WORDS = {
    "EphemeralStorage": {"sizeInGib": "sizeInGiB"},
    "Volume": {"configureAtLaunch": "configuredAtLaunch"},
}


class TaskDefinition(Binding):
    """One revision of a task definition. Every change registers another: AWS never changes a revision."""

    token = "aws:ecs/taskDefinition:TaskDefinition"
    service = "ecs"
    operation = "register_task_definition"
    replaces = frozenset({*_SAME, "containerDefinitions", "proxyConfiguration"})
    defaults = {"skipDestroy": False, "trackLatest": False}
    tagging = tagging.ECS
    references = (
        Reference("taskRoleArn", "role"),
        Reference("executionRoleArn", "role"),
        Reference("volumes[].efsVolumeConfiguration.fileSystemId", "file_system"),
        Reference("volumes[].efsVolumeConfiguration.authorizationConfig.accessPointId", "access_point"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        shaped = {**new, "volumes": _volumes(new.get("volumes"))}
        return without_none(
            {
                **_api.said(ctx, "ecs", "RegisterTaskDefinition", shaped, _MEMBERS, _WORDS),
                "containerDefinitions": _parsed(new["containerDefinitions"]),
                "proxyConfiguration": _proxy(new.get("proxyConfiguration")),
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
        told = _api.found(ctx, self.token, "ecs", "TaskDefinition", found, _MEMBERS, _WORDS)
        return {
            **{key: value if value != [] else None for key, value in told.items()},
            "volumes": _volumes_found(told["volumes"], found.get("volumes") or ()),
            "proxyConfiguration": _proxy_found(found.get("proxyConfiguration")),
            "arn": found["taskDefinitionArn"],
            "arnWithoutRevision": found["taskDefinitionArn"].rpartition(":")[0],
            "revision": found["revision"],
            "family": found["family"],
            "networkMode": found.get("networkMode", "bridge"),
            "containerDefinitions": _containers.document(
                found["containerDefinitions"], given.get("containerDefinitions")
            ),
            "enableFaultInjection": bool(found.get("enableFaultInjection")),
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
        yield from written(
            new, "family", r"[A-Za-z0-9_-]{1,255}", "1 to 255 letters, digits, - and _", "ClientException"
        )
        if isinstance(containers, str):
            yield from _containers.problems(containers, new)
        if "FARGATE" in (new.get("requiresCompatibilities") or ()):
            yield from _fargate_problems(new)
        yield from _volume_rules.problems(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for name in ("taskRoleArn", "executionRoleArn"):
            if not _trust.trusts(ctx, new.get(name), "ecs-tasks.amazonaws.com"):
                yield Refusal(
                    "ClientException",
                    f"ECS was unable to assume the role '{new[name]}' that was provided for this task: it must trust "
                    "ecs-tasks.amazonaws.com.",
                    name,
                )


def _parsed(document: Value) -> Value:
    if not isinstance(document, str):
        return UNKNOWN
    try:
        return json.loads(document)
    except ValueError:
        return UNKNOWN


def _volumes(given: Value) -> Value:
    if not isinstance(given, list):
        return given
    return [_volume(volume) if isinstance(volume, dict) else volume for volume in given]


def _volume(given: Props) -> Props:
    """The provider writes a host's path flat."""
    path = given.get("hostPath")
    rest = {name: value for name, value in given.items() if name != "hostPath"}
    return {**rest, **({"host": {"sourcePath": path}} if path else {})}


def _volumes_found(told: Value, found: Sequence[Mapping[str, Any]]) -> Value:
    paths = [(volume.get("host") or {}).get("sourcePath") for volume in found]
    return [
        {**volume, **({"hostPath": path} if path else {})}
        for volume, path in zip(told or (), paths, strict=True)
    ] or None


def _proxy(given: Value) -> Value:
    if not isinstance(given, dict):
        return given
    listed = given.get("properties")
    pairs = (
        [{"name": key, "value": value} for key, value in listed.items()]
        if isinstance(listed, dict)
        else listed
    )
    return without_none(
        {"type": given.get("type", "APPMESH"), "containerName": given["containerName"], "properties": pairs}
    )


def _proxy_found(found: Mapping[str, Any] | None) -> Props | None:
    if not found:
        return None
    pairs = {item["name"]: item["value"] for item in found.get("properties") or ()}
    return {"type": found["type"], "containerName": found["containerName"], "properties": pairs}


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
