"""Alarms over the trail."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components import names
from components.audit_events import EVENTS, AuditEvent


def make_audit_alarms(
    parent: pulumi.Resource,
    name: str,
    log_group_name: pulumi.Input[str],
    topic_arn: pulumi.Input[str],
    tags: Mapping[str, str],
) -> None:
    """One filter and one alarm per event: once in five minutes is enough."""
    for event in EVENTS:
        _filter(parent, name, event, log_group_name)
        _alarm(parent, name, event, topic_arn, tags)


def _filter(parent: pulumi.Resource, name: str, event: AuditEvent, log_group_name: pulumi.Input[str]) -> None:
    aws.cloudwatch.LogMetricFilter(
        f"{name}-{event.name}",
        log_group_name=log_group_name,
        pattern=event.pattern,
        metric_transformation={"namespace": f"Audit/{name}", "name": event.name, "value": "1"},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _alarm(
    parent: pulumi.Resource,
    name: str,
    event: AuditEvent,
    topic_arn: pulumi.Input[str],
    tags: Mapping[str, str],
) -> None:
    alarm = f"{name}-{event.name}"
    aws.cloudwatch.MetricAlarm(
        alarm,
        name=names.fit(alarm, names.ALARM, generated=False),
        alarm_description=f"{event.description} Asked for by {event.control}.",
        namespace=f"Audit/{name}",
        metric_name=event.name,
        statistic="Sum",
        period=300,
        evaluation_periods=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        treat_missing_data="notBreaching",
        alarm_actions=[topic_arn],
        tags={**tags, "Name": alarm},
        opts=pulumi.ResourceOptions(parent=parent),
    )
