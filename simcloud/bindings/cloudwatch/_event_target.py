"""A rule's target, in the provider's words and in the API's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simcloud import shapes
from simcloud.context import Context
from simcloud.schema import schema_of
from simcloud.tagging import mapping, pairs
from simcloud.values import Props, Value, without_none

TOKEN = "aws:cloudwatch/eventTarget:EventTarget"
MEMBERS = {
    "targetId": "Id",
    "arn": "Arn",
    "roleArn": "RoleArn",
    "input": "Input",
    "inputPath": "InputPath",
    "inputTransformer": "InputTransformer",
    "kinesisTarget": "KinesisParameters",
    "runCommandTargets": "RunCommandParameters",
    "ecsTarget": "EcsParameters",
    "batchTarget": "BatchParameters",
    "sqsTarget": "SqsParameters",
    "httpTarget": "HttpParameters",
    "redshiftTarget": "RedshiftDataParameters",
    "sagemakerPipelineTarget": "SageMakerPipelineParameters",
    "deadLetterConfig": "DeadLetterConfig",
    "retryPolicy": "RetryPolicy",
    "appsyncTarget": "AppSyncParameters",
}
_NAMES = {
    "InputTransformer": {"inputPaths": "InputPathsMap"},
    "EcsParameters": {"orderedPlacementStrategies": "PlacementStrategy"},
    "RedshiftDataParameters": {"secretsManagerArn": "SecretManagerArn"},
}


def params(ctx: Context, new: Props) -> Props:
    """The API's `Target`."""
    shape = _shape(ctx)
    return {
        member: shapes.params(shape.members[member], _TOWARDS.get(name, _same)(new[name]), _NAMES)
        for name, member in MEMBERS.items()
        if new.get(name) is not None
    }


def props(ctx: Context, target: Mapping[str, Any]) -> Props:
    """The provider's properties; None for what the target does not have."""
    shape, schema = _shape(ctx), schema_of(TOKEN)
    found = {
        name: shapes.answered(schema, name, shape.members[member], target.get(member), _NAMES)
        for name, member in MEMBERS.items()
        if name not in _BACK
    }
    special = {name: _back(name, target) for name in _BACK}
    return {**found, **special}


def _shape(ctx: Context) -> Any:
    return ctx.client("events").meta.service_model.shape_for("Target")


def _same(value: Value) -> Value:
    return value


def _ecs(given: Value) -> Value:
    if not isinstance(given, Mapping):
        return given
    network, tags = given.get("networkConfiguration"), given.get("tags")
    return without_none(
        {
            **given,
            "networkConfiguration": None if network is None else {"awsvpcConfiguration": _switched(network)},
            "tags": pairs(tags, "key", "value") if isinstance(tags, Mapping) else tags,
        }
    )


def _switched(network: Value) -> Value:
    """Whether there is a public address: the provider says true, the API ENABLED."""
    address = network.get("assignPublicIp") if isinstance(network, Mapping) else None
    if not isinstance(address, bool):
        return network
    return {**network, "assignPublicIp": "ENABLED" if address else "DISABLED"}


def _batch(given: Value) -> Value:
    if not isinstance(given, Mapping):
        return given
    size, attempts = given.get("arraySize"), given.get("jobAttempts")
    return without_none(
        {
            "jobDefinition": given["jobDefinition"],
            "jobName": given["jobName"],
            "arrayProperties": None if size is None else {"size": size},
            "retryStrategy": None if attempts is None else {"attempts": attempts},
        }
    )


def _commands(given: Value) -> Value:
    return {"runCommandTargets": given}


def _found_ecs(found: Mapping[str, Any]) -> Props:
    network = found.get("NetworkConfiguration", {}).get("awsvpcConfiguration")
    plain = ("TaskDefinitionArn", "TaskCount", "LaunchType", "PlatformVersion", "Group", "PropagateTags")
    return without_none(
        {
            **shapes.props({key: found[key] for key in plain if key in found}),
            "enableEcsManagedTags": found.get("EnableECSManagedTags"),
            "enableExecuteCommand": found.get("EnableExecuteCommand"),
            "capacityProviderStrategies": found.get("CapacityProviderStrategy"),
            "placementConstraints": found.get("PlacementConstraints"),
            "orderedPlacementStrategies": found.get("PlacementStrategy"),
            "networkConfiguration": None if network is None else _found_network(network),
            "tags": mapping(found["Tags"]) if found.get("Tags") else None,
        }
    )


def _found_network(found: Mapping[str, Any]) -> Props:
    address = found.get("AssignPublicIp")
    return without_none(
        {
            "subnets": found["Subnets"],
            "securityGroups": found.get("SecurityGroups"),
            "assignPublicIp": None if address is None else address == "ENABLED",
        }
    )


def _found_batch(found: Mapping[str, Any]) -> Props:
    return without_none(
        {
            "jobDefinition": found["JobDefinition"],
            "jobName": found["JobName"],
            "arraySize": found.get("ArrayProperties", {}).get("Size"),
            "jobAttempts": found.get("RetryStrategy", {}).get("Attempts"),
        }
    )


def _found_commands(found: Mapping[str, Any]) -> Value:
    return shapes.props(found["RunCommandTargets"])


def _back(name: str, target: Mapping[str, Any]) -> Value:
    found = target.get(MEMBERS[name])
    return None if found is None else _BACK[name](found)


_TOWARDS: Mapping[str, Callable[[Value], Value]] = {
    "ecsTarget": _ecs,
    "batchTarget": _batch,
    "runCommandTargets": _commands,
}
_BACK: Mapping[str, Callable[[Mapping[str, Any]], Value]] = {
    "ecsTarget": _found_ecs,
    "batchTarget": _found_batch,
    "runCommandTargets": _found_commands,
}
