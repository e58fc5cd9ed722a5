"""What AWS refuses in a service because of what is there or is not.

AWS: CreateService, ECS API reference; from memory of AWS's documentation, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.bindings import _trust
from simcloud.bindings.ecs._service_rules import definition_of
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_CODE = "InvalidParameterException"


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Target groups, capacity and roles that are not fit for the service."""
    definition = definition_of(ctx, new.get("taskDefinition")) or {}
    yield from _targets(ctx, new, definition)
    yield from _capacity(ctx, new)
    yield from _hooks(ctx, new)
    if new["enableExecuteCommand"] and definition and not definition.get("taskRoleArn"):
        yield Refusal(
            _CODE,
            "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role "
            "in your task definition and try again.",
            "enableExecuteCommand",
        )


def _targets(ctx: Context, new: Props, definition: Mapping[str, Any]) -> Iterator[Refusal]:
    for position, balancer in enumerate(new.get("loadBalancers") or ()):
        path = f"loadBalancers[{position}]"
        advanced = balancer.get("advancedConfiguration") or {}
        for where, arn in (
            (f"{path}.targetGroupArn", balancer.get("targetGroupArn")),
            (
                f"{path}.advancedConfiguration.alternateTargetGroupArn",
                advanced.get("alternateTargetGroupArn"),
            ),
        ):
            if arn is not None:
                yield from _target(ctx, arn, where, definition)
        if not _trust.trusts(ctx, advanced.get("roleArn"), "ecs.amazonaws.com"):
            yield Refusal(
                _CODE,
                f"ECS cannot assume the role {advanced['roleArn']}: it must trust ecs.amazonaws.com.",
                f"{path}.advancedConfiguration.roleArn",
            )


def _target(ctx: Context, arn: str, path: str, definition: Mapping[str, Any]) -> Iterator[Refusal]:
    group = ctx.client("elbv2").describe_target_groups(TargetGroupArns=[arn])["TargetGroups"][0]
    if not group["LoadBalancerArns"]:
        yield Refusal(
            _CODE,
            f"The target group with targetGroupArn {arn} does not have an associated load balancer.",
            path,
            "make the listener (or its rule) first: depends_on.",
        )
    if definition.get("networkMode") == "awsvpc" and group["TargetType"] != "ip":
        yield Refusal(
            _CODE,
            f"The provided target group {arn} has target type {group['TargetType']}, which is incompatible with the "
            "awsvpc network mode specified in the task definition.",
            path,
        )


def _capacity(ctx: Context, new: Props) -> Iterator[Refusal]:
    strategies = new.get("capacityProviderStrategies") or ()
    if not strategies:
        return
    cluster = new.get("cluster", "default")
    found = ctx.client("ecs").describe_clusters(clusters=[cluster])["clusters"]
    held = {name for item in found for name in item.get("capacityProviders") or ()}
    for position, strategy in enumerate(strategies):
        name = strategy["capacityProvider"]
        if name not in held and name.rsplit("/", 1)[-1] not in held:
            yield Refusal(
                _CODE,
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated "
                f"with the cluster. Associate the capacity provider {name} with the cluster and try again.",
                f"capacityProviderStrategies[{position}].capacityProvider",
                "make the aws.ecs.ClusterCapacityProviders first: depends_on.",
            )


def _hooks(ctx: Context, new: Props) -> Iterator[Refusal]:
    for position, hook in enumerate((new.get("deploymentConfiguration") or {}).get("lifecycleHooks") or ()):
        if not _trust.trusts(ctx, hook.get("roleArn"), "ecs.amazonaws.com"):
            yield Refusal(
                _CODE,
                f"ECS cannot assume the role {hook['roleArn']}: it must trust ecs.amazonaws.com.",
                f"deploymentConfiguration.lifecycleHooks[{position}].roleArn",
            )
