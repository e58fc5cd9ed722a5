"""What AWS refuses in a service. Source: CreateService, ECS API reference; per reference notes, not verified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from simcloud.bindings.ecs import _service_values, _strategy_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Contradictions inside the service, and with its task definition."""
    yield from _service_values.problems(new)
    yield from _capacity(new)
    yield from _deployment(new)
    yield from _placement(new)
    yield from _balancing(new)
    yield from _strategy_rules.problems(new)
    definition = definition_of(ctx, new.get("taskDefinition"))
    if definition is not None:
        yield from _network(new, definition)
        yield from _containers(new, definition)
        yield from _connect(new, definition)
    if "cluster" in new and isinstance(new["cluster"], str) and isinstance(new["name"], str):
        yield from _region(ctx, new)


def _capacity(new: Props) -> Iterator[Refusal]:
    strategies = new.get("capacityProviderStrategies")
    if new.get("launchType") is not None and strategies:
        yield Refusal(
            "InvalidParameterException",
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            "launchType",
        )
    bases = [item for item in strategies or () if isinstance(item, dict) and item.get("base")]
    if len(bases) > 1:
        yield Refusal(
            "InvalidParameterException",
            "only one capacity provider in a strategy can have a base.",
            "capacityProviderStrategies",
        )


def _deployment(new: Props) -> Iterator[Refusal]:
    low, high = new["deploymentMinimumHealthyPercent"], new["deploymentMaximumPercent"]
    if isinstance(low, int) and isinstance(high, int) and high <= low:
        yield Refusal(
            "InvalidParameterException",
            f"maximumPercent {high} must be greater than minimumHealthyPercent {low}: nothing could be replaced.",
            "deploymentMaximumPercent",
        )
    if new.get("availabilityZoneRebalancing") == "ENABLED" and isinstance(high, int) and high <= 100:
        yield Refusal(
            "InvalidParameterException",
            "availabilityZoneRebalancing needs deploymentMaximumPercent above 100.",
            "availabilityZoneRebalancing",
        )


def definition_of(ctx: Context, name: Value) -> dict[str, Any] | None:
    """The task definition as it is registered; None if there is none."""
    if not isinstance(name, str):
        return None
    try:
        found: dict[str, Any] = ctx.client("ecs").describe_task_definition(taskDefinition=name)[
            "taskDefinition"
        ]
    except ClientError:
        return None
    return found


def _network(new: Props, definition: dict[str, Any]) -> Iterator[Refusal]:
    awsvpc = definition.get("networkMode") == "awsvpc"
    if awsvpc and new.get("networkConfiguration") is None:
        yield Refusal(
            "InvalidParameterException",
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            "networkConfiguration",
        )
    if not awsvpc and new.get("networkConfiguration") is not None:
        yield Refusal(
            "InvalidParameterException",
            "Network Configuration is not valid for the given networkMode of this task definition.",
            "networkConfiguration",
        )


def _containers(new: Props, definition: dict[str, Any]) -> Iterator[Refusal]:
    ports = {
        container["name"]: {mapping.get("containerPort") for mapping in container.get("portMappings", ())}
        for container in definition["containerDefinitions"]
    }
    for position, balancer in enumerate(new.get("loadBalancers") or ()):
        name, port = balancer.get("containerName"), balancer.get("containerPort")
        path = f"loadBalancers[{position}]"
        if isinstance(name, str) and name not in ports:
            yield Refusal(
                "InvalidParameterException",
                f"The container {name} does not exist in the task definition.",
                f"{path}.containerName",
            )
        elif isinstance(name, str) and isinstance(port, int) and port not in ports[name]:
            yield Refusal(
                "InvalidParameterException",
                f"The container {name} did not have a container port {port} defined.",
                f"{path}.containerPort",
            )


def _placement(new: Props) -> Iterator[Refusal]:
    fargate = new.get("launchType") == "FARGATE"
    for name in ("orderedPlacementStrategies", "placementConstraints"):
        if fargate and new.get(name):
            yield Refusal("InvalidParameterException", f"{name} are not supported with FARGATE.", name)
    if new["schedulingStrategy"] == "DAEMON":
        if fargate:
            yield Refusal(
                "InvalidParameterException",
                "The DAEMON scheduling strategy is not supported with FARGATE.",
                "schedulingStrategy",
            )
        if new.get("orderedPlacementStrategies"):
            yield Refusal(
                "InvalidParameterException",
                "DAEMON services have no placement strategy.",
                "orderedPlacementStrategies",
            )


def _balancing(new: Props) -> Iterator[Refusal]:
    if new.get("healthCheckGracePeriodSeconds") and not new.get("loadBalancers"):
        yield Refusal(
            "InvalidParameterException",
            "Health check grace period is only valid for services configured to use load balancers.",
            "healthCheckGracePeriodSeconds",
        )
    for position, balancer in enumerate(new.get("loadBalancers") or ()):
        if isinstance(balancer, dict) and not balancer.get("targetGroupArn") and not balancer.get("elbName"):
            yield Refusal(
                "InvalidParameterException",
                "a target group or the name of a classic load balancer is needed.",
                f"loadBalancers[{position}].targetGroupArn",
            )


def _connect(new: Props, definition: dict[str, Any]) -> Iterator[Refusal]:
    """Service Connect offers ports of the task definition by their names."""
    connect = new.get("serviceConnectConfiguration")
    if not isinstance(connect, dict) or connect.get("enabled") is not True:
        return
    named = {
        mapping.get("name")
        for container in definition["containerDefinitions"]
        for mapping in container.get("portMappings", ())
    }
    for position, service in enumerate(connect.get("services") or ()):
        port = service.get("portName") if isinstance(service, dict) else None
        if isinstance(port, str) and port not in named:
            yield Refusal(
                "InvalidParameterException",
                f"Service Connect port name {port} does not exist in the task definition's portMappings.",
                f"serviceConnectConfiguration.services[{position}].portName",
            )


def _region(ctx: Context, new: Props) -> Iterator[Refusal]:
    parts = new["cluster"].split(":")
    if len(parts) > 3 and parts[3] != ctx.region:
        yield Refusal(
            "InvalidParameterException",
            f"the cluster is in {parts[3]}, the service in {ctx.region}.",
            "cluster",
        )
