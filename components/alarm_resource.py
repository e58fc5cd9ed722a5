"""Alarms as CloudWatch wants them written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components import names
from components.alarm import Alarm, Band, Rate
from components.composite import Composite
from components.metric import Metric


def make_alarm(
    parent: pulumi.Resource,
    alarm: Alarm,
    actions: Sequence[pulumi.Input[str]],
    tags: Mapping[str, str],
    region: str | None = None,
) -> aws.cloudwatch.MetricAlarm:
    """The alarm under its fixed name; it tells `actions` when it fires and when it is over."""
    return aws.cloudwatch.MetricAlarm(
        alarm.name,
        name=names.fit(alarm.name, names.ALARM, generated=False),
        alarm_description=alarm.description,
        comparison_operator=alarm.limit.comparison,
        evaluation_periods=alarm.window.periods,
        datapoints_to_alarm=alarm.window.bad,
        treat_missing_data=alarm.missing,
        # Nobody to tell is said by saying nothing: an empty list is read back as none, and would be a change.
        alarm_actions=list(actions) or None,
        ok_actions=list(actions) or None,
        tags={**tags, "Name": alarm.name, "Severity": alarm.severity},
        region=region,
        **_watched(alarm),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def make_composite(
    parent: pulumi.Resource,
    composite: Composite,
    parts: Sequence[pulumi.Resource],
    actions: Sequence[pulumi.Input[str]],
    tags: Mapping[str, str],
    region: str | None = None,
) -> aws.cloudwatch.CompositeAlarm:
    """The composite alarm, made once its `parts` are there, for AWS refuses a rule about alarms that are not."""
    return aws.cloudwatch.CompositeAlarm(
        composite.name,
        alarm_name=names.fit(composite.name, names.ALARM, generated=False),
        alarm_description=composite.description,
        alarm_rule=composite.rule,
        alarm_actions=list(actions) or None,
        ok_actions=list(actions) or None,
        tags={**tags, "Name": composite.name, "Severity": composite.severity},
        region=region,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=list(parts)),
    )


def _watched(alarm: Alarm) -> dict[str, Any]:
    seconds = alarm.window.seconds
    match alarm.watched:
        case Rate() as rate:
            return {"threshold": alarm.limit.value, "metric_queries": _rate(rate, seconds)}
        case Band() as band:
            return {"threshold_metric_id": "usual", "metric_queries": _band(band, seconds)}
        case Metric() as metric:
            return {"threshold": alarm.limit.value, **_single(metric, seconds)}


def _single(metric: Metric, period_seconds: int) -> dict[str, Any]:
    found = {
        "namespace": metric.namespace,
        "metric_name": metric.name,
        "dimensions": metric.dimensions or None,
        "period": period_seconds,
    }
    if not metric.percentile:
        return {**found, "statistic": metric.statistic}
    # With few requests a percentile says nothing; the alarm then keeps its state.
    return {
        **found,
        "extended_statistic": metric.statistic,
        "evaluate_low_sample_count_percentiles": "ignore",
    }


def _rate(rate: Rate, period_seconds: int) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    result = aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id="rate", expression=rate.expression, label=rate.label, return_data=True
    )
    parts = [_query(key, metric, period_seconds, told=False) for key, metric in rate.metrics.items()]
    return [result, *parts]


def _band(band: Band, period_seconds: int) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    usual = aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id="usual",
        expression=f"ANOMALY_DETECTION_BAND(watched, {band.width:g})",
        label=f"{band.metric.label}, as usual",
        return_data=True,
    )
    return [usual, _query("watched", band.metric, period_seconds, told=True)]


def _query(
    key: str, metric: Metric, period_seconds: int, *, told: bool
) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
    return aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id=key,
        return_data=told,
        metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
            namespace=metric.namespace,
            metric_name=metric.name,
            dimensions=metric.dimensions or None,
            period=period_seconds,
            stat=metric.statistic,
        ),
    )
