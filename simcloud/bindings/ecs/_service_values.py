"""What AWS refuses in single values of a service. Source: CreateService, ECS API reference; not verified."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings._checks import at, between, not_empty, written
from simcloud.refusal import Refusal
from simcloud.values import Props

_CODE = "InvalidParameterException"
_VERSIONS = r"LATEST|1\.[0-4]\.0"


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong on its own."""
    yield from written(new, "name", r"[A-Za-z0-9_-]{1,255}", "1 to 255 letters, digits, - and _", _CODE)
    yield from between(new, "desiredCount", 0, 5000, _CODE)
    yield from between(new, "deploymentMinimumHealthyPercent", 0, 100, _CODE)
    yield from between(new, "deploymentMaximumPercent", 0, 1000, _CODE)
    yield from not_empty(new, "networkConfiguration.subnets", _CODE)
    yield from written(new, "platformVersion", _VERSIONS, "a platform version", "PlatformUnknownException")
    fargate = new.get("launchType") == "FARGATE" or any(
        str(at(new, f"capacityProviderStrategies[{position}].capacityProvider")).startswith("FARGATE")
        for position in range(len(new.get("capacityProviderStrategies") or ()))
    )
    if fargate and new.get("schedulingStrategy") == "DAEMON":
        yield Refusal(
            _CODE, "The daemon scheduling strategy is not supported on Fargate.", "schedulingStrategy"
        )
    if fargate and new.get("placementConstraints"):
        text = "placement constraints are not supported on Fargate."
        yield Refusal(_CODE, text, "placementConstraints")
