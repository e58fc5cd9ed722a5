"""A deployment strategy as ECS is told it, with all that it needs to exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.container import CONTAINER_NAME
from components.gateway import Target
from components.service_bake import guard_deployment
from components.service_deployment import (
    BlueGreen,
    Canary,
    Deployment,
    Hook,
    Linear,
    Rolling,
    Shifting,
    guard_of,
    shift_minutes,
)
from components.service_shift import advanced, hook_role, shifting_role

# How long the new tasks may take to be healthy, besides the shifting itself: what the provider waits for any
# service. pulumi-aws 7.51.1, Service, Timeouts: 20 minutes.
_STARTING_MINUTES = 20

_STRATEGIES: Mapping[type, str] = {
    Rolling: "ROLLING",
    BlueGreen: "BLUE_GREEN",
    Canary: "CANARY",
    Linear: "LINEAR",
}


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """The service's inputs, and the policies that must be in force before it deploys."""

    shifts: bool
    configuration: aws.ecs.ServiceDeploymentConfigurationArgs
    circuit_breaker: aws.ecs.ServiceDeploymentCircuitBreakerArgs
    alarm_names: Sequence[pulumi.Input[str]]
    role: aws.iam.Role | None
    policies: Sequence[aws.iam.RolePolicy]
    timeouts: pulumi.CustomTimeouts | None

    @property
    def alarms(self) -> aws.ecs.ServiceAlarmsArgs | None:
        """Which alarms take a deployment back."""
        if not self.alarm_names:
            return None
        return aws.ecs.ServiceAlarmsArgs(alarm_names=self.alarm_names, enable=True, rollback=True)


def make_strategy(
    parent: pulumi.Resource,
    name: str,
    deployment: Deployment,
    target: Target | None,
    tags: Mapping[str, str],
) -> Strategy:
    """The alarms, the roles and the words of the strategy."""
    shifting = None if isinstance(deployment, Rolling) else deployment
    alarm_names: list[pulumi.Input[str]] = list(_guarded(parent, name, deployment, target, tags))
    alarm_names += deployment.rollback_alarms
    role, policies = _shifting_role(parent, name, target, tags)
    hooks, hook_policies = _hooks(parent, name, () if shifting is None else shifting.hooks, tags)
    return Strategy(
        shifts=shifting is not None,
        configuration=_configuration(deployment, hooks),
        circuit_breaker=_circuit_breaker(shifting is None),
        alarm_names=alarm_names,
        role=role,
        policies=[*policies, *hook_policies],
        timeouts=None if shifting is None else _timeouts(shifting),
    )


def load_balancers(
    target: Target | None, port: int, strategy: Strategy
) -> list[aws.ecs.ServiceLoadBalancerArgs] | None:
    """The group of the tasks and, with a pair, the other one with all that moving between them needs."""
    if target is None:
        return None
    alternate, role = target.alternate, strategy.role
    return [
        aws.ecs.ServiceLoadBalancerArgs(
            target_group_arn=target.arn,
            container_name=CONTAINER_NAME,
            container_port=port,
            advanced_configuration=None if alternate is None or role is None else advanced(alternate, role),
        )
    ]


def _guarded(
    parent: pulumi.Resource,
    name: str,
    deployment: Deployment,
    target: Target | None,
    tags: Mapping[str, str],
) -> Sequence[pulumi.Output[str]]:
    guard = guard_of(deployment)
    if guard is None or target is None:
        return []
    return guard_deployment(parent, name, guard, target, tags)


def _shifting_role(
    parent: pulumi.Resource, name: str, target: Target | None, tags: Mapping[str, str]
) -> tuple[aws.iam.Role | None, list[aws.iam.RolePolicy]]:
    """With a pair also while rolling: only so can a service go over to another strategy and back."""
    # AWS: "Update the Amazon ECS deployment strategy from rolling update to blue/green": the advanced
    # configuration first, by a rolling deployment; and it stays when going back. Read 2026-11
    if target is None or target.alternate is None:
        return None, []
    role, policy = shifting_role(parent, name, target, target.alternate, tags)
    return role, [policy]


def _hooks(
    parent: pulumi.Resource, name: str, hooks: Sequence[Hook], tags: Mapping[str, str]
) -> tuple[list[aws.ecs.ServiceDeploymentConfigurationLifecycleHookArgs] | None, list[aws.iam.RolePolicy]]:
    if not hooks:
        return None, []
    role, policy = hook_role(parent, name, hooks, tags)
    asked = [
        aws.ecs.ServiceDeploymentConfigurationLifecycleHookArgs(
            hook_target_arn=hook.function_arn, role_arn=role.arn, lifecycle_stages=list(hook.stages)
        )
        for hook in hooks
    ]
    return asked, [policy]


def _configuration(
    deployment: Deployment, hooks: list[aws.ecs.ServiceDeploymentConfigurationLifecycleHookArgs] | None
) -> aws.ecs.ServiceDeploymentConfigurationArgs:
    """Rolling is said as well: the provider keeps what a service was last told, if it is told nothing."""
    # hashicorp/terraform-provider-aws, aws_ecs_service: deployment_configuration is optional and computed.
    bake = None if isinstance(deployment, Rolling) else str(deployment.bake_minutes)
    return aws.ecs.ServiceDeploymentConfigurationArgs(
        strategy=_STRATEGIES[type(deployment)],
        bake_time_in_minutes=bake,
        canary_configuration=_canary(deployment) if isinstance(deployment, Canary) else None,
        linear_configuration=_linear(deployment) if isinstance(deployment, Linear) else None,
        lifecycle_hooks=hooks,
    )


def _canary(deployment: Canary) -> aws.ecs.ServiceDeploymentConfigurationCanaryConfigurationArgs:
    return aws.ecs.ServiceDeploymentConfigurationCanaryConfigurationArgs(
        canary_percent=deployment.percent, canary_bake_time_in_minutes=str(deployment.canary_minutes)
    )


def _linear(deployment: Linear) -> aws.ecs.ServiceDeploymentConfigurationLinearConfigurationArgs:
    return aws.ecs.ServiceDeploymentConfigurationLinearConfigurationArgs(
        step_percent=deployment.percent, step_bake_time_in_minutes=str(deployment.step_minutes)
    )


def _circuit_breaker(rolling: bool) -> aws.ecs.ServiceDeploymentCircuitBreakerArgs:
    # AWS: DeploymentConfiguration, ECS API reference: the circuit breaker goes with rolling updates only.
    # Said in both cases, because the provider takes an absent block for no change. Read 2026-11
    return aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=rolling, rollback=rolling)


def _timeouts(deployment: Shifting) -> pulumi.CustomTimeouts:
    minutes = f"{_STARTING_MINUTES + shift_minutes(deployment)}m"
    return pulumi.CustomTimeouts(create=minutes, update=minutes)
