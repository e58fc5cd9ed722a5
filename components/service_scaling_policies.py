"""The scalable target of a service, and a policy for each reason to scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi_aws import appautoscaling

from components.gateway import Target
from components.gateway_suffix import load_balancer_suffix
from components.service_scaling import Forecast, Goal, Held, Scaling, Step, Window, goals, resource_label

_Tracking = appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgsDict
_Query = (
    appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricArgsDict
)


@dataclass(frozen=True, kw_only=True)
class Scaled:
    """What is scaled: names of cluster and service, and the target groups whose requests may count."""

    cluster: pulumi.Input[str]
    service: pulumi.Input[str]
    target: Target | None


def make_scaling(
    parent: pulumi.Resource, name: str, scaling: Scaling, scaled: Scaled, tags: Mapping[str, str]
) -> None:
    """The scalable target and one policy or action per reason."""
    target = appautoscaling.Target(
        f"{name}-scaling",
        service_namespace="ecs",
        scalable_dimension="ecs:service:DesiredCount",
        resource_id=pulumi.Output.concat("service/", scaled.cluster, "/", scaled.service),
        min_capacity=scaling.min,
        max_capacity=scaling.max,
        opts=pulumi.ResourceOptions(parent=parent),
    )
    for goal in goals(scaling):
        _track(parent, f"{name}-scaling-{goal.what}", target, _of_goal(scaling, goal, scaled.target))
    for held in scaling.held:
        _track(parent, f"{name}-scaling-{held.name}", target, _of_held(scaling, held))
    if scaling.steps:
        _step(parent, name, scaling, target, scaled, tags)
    for window in scaling.windows:
        _window(parent, name, window, target)
    if scaling.forecast is not None:
        _forecast(parent, name, scaling.forecast, target)


def _track(parent: pulumi.Resource, name: str, target: appautoscaling.Target, tracking: _Tracking) -> None:
    appautoscaling.Policy(
        name,
        policy_type="TargetTrackingScaling",
        service_namespace=target.service_namespace,
        scalable_dimension=target.scalable_dimension,
        resource_id=target.resource_id,
        target_tracking_scaling_policy_configuration=tracking,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _at(scaling: Scaling, value: float) -> _Tracking:
    return {
        "target_value": value,
        "scale_in_cooldown": scaling.scale_in_seconds,
        "scale_out_cooldown": scaling.scale_out_seconds,
    }


def _of_held(scaling: Scaling, held: Held) -> _Tracking:
    return {
        **_at(scaling, held.value),
        "customized_metric_specification": {
            "namespace": held.namespace,
            "metric_name": held.metric,
            "statistic": "Average",
        },
    }


def _of_goal(scaling: Scaling, goal: Goal, target: Target | None) -> _Tracking:
    held = _at(scaling, goal.value)
    if goal.what != "requests" or target is None:
        return {**held, "predefined_metric_specification": {"predefined_metric_type": goal.metric}}
    if target.alternate is not None:
        return {**held, "customized_metric_specification": {"metrics": _requests_of_both(target)}}
    label = pulumi.Output.all(target.listener_arn, target.arn_suffix).apply(
        lambda both: resource_label(both[0], both[1])
    )
    return {
        **held,
        "predefined_metric_specification": {"predefined_metric_type": goal.metric, "resource_label": label},
    }


def _requests_of_both(target: Target) -> list[_Query]:
    """Requests per task over both groups: the predefined metric knows one, which may be the one without tasks."""
    balancer = target.listener_arn.apply(load_balancer_suffix)
    groups = [target.arn_suffix, *([target.alternate.arn_suffix] if target.alternate else [])]
    parts: dict[str, _Query] = {
        f"group_{number}": _requests_of(f"group_{number}", balancer, group)
        for number, group in enumerate(groups, start=1)
    }
    result: _Query = {
        "id": "result",
        "expression": " + ".join(f"FILL({name}, 0)" for name in parts),
        "label": "Requests per task",
        "return_data": True,
    }
    return [*parts.values(), result]


def _requests_of(name: str, balancer: pulumi.Input[str], group: pulumi.Input[str]) -> _Query:
    return {
        "id": name,
        "return_data": False,
        "metric_stat": {
            "metric": {
                "namespace": "AWS/ApplicationELB",
                "metric_name": "RequestCountPerTarget",
                "dimensions": [
                    {"name": "LoadBalancer", "value": balancer},
                    {"name": "TargetGroup", "value": group},
                ],
            },
            "stat": "Sum",
        },
    }


def _step(
    parent: pulumi.Resource,
    name: str,
    scaling: Scaling,
    target: appautoscaling.Target,
    scaled: Scaled,
    tags: Mapping[str, str],
) -> None:
    policy = appautoscaling.Policy(
        f"{name}-scaling-steps",
        policy_type="StepScaling",
        service_namespace=target.service_namespace,
        scalable_dimension=target.scalable_dimension,
        resource_id=target.resource_id,
        step_scaling_policy_configuration=appautoscaling.PolicyStepScalingPolicyConfigurationArgs(
            adjustment_type="ChangeInCapacity",
            metric_aggregation_type="Average",
            cooldown=scaling.scale_out_seconds,
            step_adjustments=adjustments(scaling.steps),
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    aws.cloudwatch.MetricAlarm(
        f"{name}-scaling-steps",
        alarm_description="Adds tasks in steps.",
        namespace="AWS/ECS",
        metric_name="CPUUtilization",
        dimensions={"ClusterName": scaled.cluster, "ServiceName": scaled.service},
        statistic="Average",
        period=60,
        evaluation_periods=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=scaling.steps[0].above,
        treat_missing_data="notBreaching",
        alarm_actions=[policy.arn],
        tags={**tags, "Name": f"{name}-scaling-steps"},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def adjustments(
    steps: Sequence[Step],
) -> list[appautoscaling.PolicyStepScalingPolicyConfigurationStepAdjustmentArgs]:
    """The steps as AWS wants them: bounds from the alarm's threshold on, the last one without an end."""
    lowest = steps[0].above
    ends = [*(f"{step.above - lowest:g}" for step in steps[1:]), None]
    return [
        appautoscaling.PolicyStepScalingPolicyConfigurationStepAdjustmentArgs(
            metric_interval_lower_bound=f"{step.above - lowest:g}",
            metric_interval_upper_bound=end,
            scaling_adjustment=step.add,
        )
        for step, end in zip(steps, ends, strict=True)
    ]


def _window(parent: pulumi.Resource, name: str, window: Window, target: appautoscaling.Target) -> None:
    appautoscaling.ScheduledAction(
        f"{name}-scaling-{window.name}",
        service_namespace=target.service_namespace,
        scalable_dimension=target.scalable_dimension,
        resource_id=target.resource_id,
        schedule=window.schedule,
        timezone=window.timezone,
        scalable_target_action=appautoscaling.ScheduledActionScalableTargetActionArgs(
            min_capacity=window.min, max_capacity=window.max
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _forecast(parent: pulumi.Resource, name: str, forecast: Forecast, target: appautoscaling.Target) -> None:
    appautoscaling.Policy(
        f"{name}-scaling-forecast",
        policy_type="PredictiveScaling",
        service_namespace=target.service_namespace,
        scalable_dimension=target.scalable_dimension,
        resource_id=target.resource_id,
        predictive_scaling_policy_configuration={
            "mode": "ForecastAndScale" if forecast.act else "ForecastOnly",
            "max_capacity_breach_behavior": "HonorMaxCapacity",
            "scheduling_buffer_time": forecast.ahead_seconds,
            "metric_specifications": [
                {
                    "target_value": str(forecast.cpu_percent),
                    "predefined_metric_pair_specification": {
                        "predefined_metric_type": "ECSServiceCPUUtilization"
                    },
                }
            ],
        },
        opts=pulumi.ResourceOptions(parent=parent),
    )
