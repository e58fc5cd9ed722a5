"""The alarms that take a deployment back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from components import names
from components.gateway import Target
from components.gateway_suffix import load_balancer_suffix

if TYPE_CHECKING:
    from components.service_deployment import Guard

_NAMESPACE = "AWS/ApplicationELB"
_PERIOD_SECONDS = 60
_BAD_MINUTES, MINUTES_TO_ALARM = 2, 3


def guard_deployment(
    parent: pulumi.Resource, name: str, guard: Guard, target: Target, tags: Mapping[str, str]
) -> list[pulumi.Output[str]]:
    """The names of the two alarms, on the answers of both groups together: either may be the new one."""
    groups = [target.arn_suffix, *([target.alternate.arn_suffix] if target.alternate else [])]
    balancer = target.listener_arn.apply(load_balancer_suffix)
    wanted = {
        "errors": (
            f"More than {guard.error_percent:g} % of the answers are 5xx.",
            error_queries(balancer, groups),
            guard.error_percent,
        ),
        "latency": (
            f"One answer in twenty takes longer than {guard.latency_p95_seconds:g} s.",
            latency_queries(balancer, groups),
            guard.latency_p95_seconds,
        ),
    }
    return [
        _alarm(parent, f"{name}-deployment-{what}", *wanted[what], tags) for what in ("errors", "latency")
    ]


def error_queries(
    balancer: pulumi.Input[str], groups: Sequence[pulumi.Input[str]]
) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    """5xx answers in percent of all requests of the groups."""
    errors, requests = _ids("errors", groups), _ids("requests", groups)
    expression = f"100 * ({_filled(errors)}) / ({_filled(requests)})"
    return [
        _result(expression, "5xx answers in percent of the requests"),
        *_parts(errors, "HTTPCode_Target_5XX_Count", "Sum", balancer, groups),
        *_parts(requests, "RequestCount", "Sum", balancer, groups),
    ]


def latency_queries(
    balancer: pulumi.Input[str], groups: Sequence[pulumi.Input[str]]
) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    """The slower group's 95th percentile."""
    seconds = _ids("seconds", groups)
    expression = f"MAX([{', '.join(f'FILL({name}, 0)' for name in seconds)}])"
    return [
        _result(expression, "p95 seconds"),
        *_parts(seconds, "TargetResponseTime", "p95", balancer, groups),
    ]


def _ids(what: str, groups: Sequence[Any]) -> list[str]:
    return [f"{what}_{number}" for number in range(1, len(groups) + 1)]


def _filled(ids: Sequence[str]) -> str:
    return " + ".join(f"FILL({name}, 0)" for name in ids)


def _result(expression: str, label: str) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
    return aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id="result", expression=expression, label=label, return_data=True
    )


def _parts(
    ids: Sequence[str],
    metric: str,
    statistic: str,
    balancer: pulumi.Input[str],
    groups: Sequence[pulumi.Input[str]],
) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    return [
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id=name,
            return_data=False,
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace=_NAMESPACE,
                metric_name=metric,
                dimensions={"LoadBalancer": balancer, "TargetGroup": group},
                period=_PERIOD_SECONDS,
                stat=statistic,
            ),
        )
        for name, group in zip(ids, groups, strict=True)
    ]


def _alarm(
    parent: pulumi.Resource,
    name: str,
    description: str,
    queries: Sequence[aws.cloudwatch.MetricAlarmMetricQueryArgs],
    threshold: float,
    tags: Mapping[str, str],
) -> pulumi.Output[str]:
    return aws.cloudwatch.MetricAlarm(
        name,
        name=names.fit(name, names.ALARM, generated=False),
        alarm_description=f"{description} A deployment under way is taken back.",
        comparison_operator="GreaterThanThreshold",
        threshold=threshold,
        evaluation_periods=MINUTES_TO_ALARM,
        datapoints_to_alarm=_BAD_MINUTES,
        # Without requests nothing is wrong; an alarm that is up when a deployment begins guards nothing.
        treat_missing_data="notBreaching",
        metric_queries=queries,
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    ).name
