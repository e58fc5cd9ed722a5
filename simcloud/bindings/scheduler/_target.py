"""The target of a schedule, in the provider's words and in the API's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.bindings._words import from_api, to_api
from simcloud.tagging import mapping, pairs
from simcloud.values import Props, Unknown, Value, without_none

_WORDS = {
    "eventbridgeParameters": "EventBridgeParameters",
    "sagemakerPipelineParameters": "SageMakerPipelineParameters",
    "pipelineParameters": "PipelineParameterList",
    "enableEcsManagedTags": "EnableECSManagedTags",
}
# Structures that the API spells like the provider does.
_LOWER = {
    "capacityProviderStrategies": "CapacityProviderStrategy",
    "placementConstraints": "PlacementConstraints",
    "placementStrategies": "PlacementStrategy",
}
_OWN = ("networkConfiguration", "tags", *_LOWER)


def to_request(target: Value) -> Value:
    """The provider's `target` as parameters."""
    if isinstance(target, Unknown):
        return target
    plain = to_api({key: item for key, item in target.items() if key != "ecsParameters"}, _WORDS)
    ecs = target.get("ecsParameters")
    return {**plain, **({"EcsParameters": _ecs(ecs)} if ecs else {})}


def to_props(target: Mapping[str, Any]) -> Props:
    """The API's `Target` as a property."""
    plain: Props = from_api({key: item for key, item in target.items() if key != "EcsParameters"}, _WORDS)
    ecs = target.get("EcsParameters")
    return {**plain, **({"ecsParameters": _ecs_props(ecs)} if ecs else {})}


def _ecs(given: Value) -> Value:
    if isinstance(given, Unknown):
        return given
    plain = to_api({"taskCount": 1, **{key: item for key, item in given.items() if key not in _OWN}}, _WORDS)
    tags, network = given.get("tags"), given.get("networkConfiguration")
    return without_none(
        {
            **plain,
            **{there: given.get(here) for here, there in _LOWER.items()},
            "NetworkConfiguration": {"awsvpcConfiguration": _network(network)} if network else None,
            "Tags": pairs(tags) if isinstance(tags, Mapping) else tags,
        }
    )


def _network(given: Value) -> Value:
    if isinstance(given, Unknown):
        return given
    public = given.get("assignPublicIp")
    assign = (
        {True: "ENABLED", False: "DISABLED"}.get(public, public)
        if not isinstance(public, Unknown)
        else public
    )
    return without_none(
        {"AssignPublicIp": assign, "SecurityGroups": given.get("securityGroups"), "Subnets": given["subnets"]}
    )


def _ecs_props(found: Mapping[str, Any]) -> Props:
    own = ("NetworkConfiguration", "Tags", *_LOWER.values())
    plain: Props = from_api({key: item for key, item in found.items() if key not in own}, _WORDS)
    network = (found.get("NetworkConfiguration") or {}).get("awsvpcConfiguration")
    return without_none(
        {
            **plain,
            **{here: found.get(there) for here, there in _LOWER.items()},
            "networkConfiguration": _network_props(network) if network else None,
            "tags": mapping(found["Tags"]) if found.get("Tags") else None,
        }
    )


def _network_props(found: Mapping[str, Any]) -> Props:
    return without_none(
        {
            "assignPublicIp": found.get("AssignPublicIp") == "ENABLED",
            "securityGroups": found.get("SecurityGroups"),
            "subnets": found["Subnets"],
        }
    )
