"""How many tasks a service runs, and what decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """Between `min` and `max` tasks, held at the named targets (percent; requests per task and minute)."""

    min: int
    max: int
    cpu_percent: int = 70
    memory_percent: int | None = None
    requests_per_target: int | None = None
    scale_in_seconds: int = 300
    scale_out_seconds: int = 60


@dataclass(frozen=True)
class Goal:
    """One metric that is held at `value` by adding and removing tasks."""

    what: str
    metric: str
    value: int


def check(where: str, scaling: Scaling, *, has_target: bool) -> None:
    """Refuses limits that contradict each other, and requests without a load balancer that counts them."""
    if not 1 <= scaling.min <= scaling.max:
        raise ComponentError(
            where,
            f"scaling between {scaling.min} and {scaling.max} tasks",
            expected="1 ≤ min ≤ max",
            fix="swap or raise the limits",
        )
    if scaling.requests_per_target is not None and not has_target:
        raise ComponentError(
            where,
            "scaling by requests, but no load balancer counts them",
            expected="a `target` beside `requests_per_target`",
            fix="give the service a target, or leave `requests_per_target` out",
        )


def goals(scaling: Scaling) -> Sequence[Goal]:
    """What is held, in the order cpu, memory, requests."""
    asked = (
        ("cpu", "ECSServiceAverageCPUUtilization", scaling.cpu_percent),
        ("memory", "ECSServiceAverageMemoryUtilization", scaling.memory_percent),
        ("requests", "ALBRequestCountPerTarget", scaling.requests_per_target),
    )
    return [Goal(what, metric, value) for what, metric, value in asked if value is not None]


def resource_label(listener_arn: str, target_arn_suffix: str) -> str:
    """How Application Auto Scaling names a target group: `app/<name>/<id>/targetgroup/<name>/<id>`."""
    load_balancer = "/".join(listener_arn.split(":listener/", 1)[1].split("/")[:3])
    return f"{load_balancer}/{target_arn_suffix}"


def make_scaling(
    parent: pulumi.Resource,
    name: str,
    scaling: Scaling,
    *,
    resource_id: pulumi.Input[str],
    label: pulumi.Input[str] | None,
) -> None:
    """The scalable target and one tracking policy per goal."""
    target = aws.appautoscaling.Target(
        f"{name}-scaling",
        service_namespace="ecs",
        scalable_dimension="ecs:service:DesiredCount",
        resource_id=resource_id,
        min_capacity=scaling.min,
        max_capacity=scaling.max,
        opts=pulumi.ResourceOptions(parent=parent),
    )
    for goal in goals(scaling):
        _policy(parent, name, scaling, goal, target, label)


def _policy(
    parent: pulumi.Resource,
    name: str,
    scaling: Scaling,
    goal: Goal,
    target: aws.appautoscaling.Target,
    label: pulumi.Input[str] | None,
) -> None:
    metric = (
        aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs(
            predefined_metric_type=goal.metric,
            resource_label=label if goal.what == "requests" else None,
        )
    )
    aws.appautoscaling.Policy(
        f"{name}-scaling-{goal.what}",
        policy_type="TargetTrackingScaling",
        service_namespace=target.service_namespace,
        scalable_dimension=target.scalable_dimension,
        resource_id=target.resource_id,
        target_tracking_scaling_policy_configuration=aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs(
            predefined_metric_specification=metric,
            target_value=goal.value,
            scale_in_cooldown=scaling.scale_in_seconds,
            scale_out_cooldown=scaling.scale_out_seconds,
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
