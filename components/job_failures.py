"""Where a job's failures go: one queue that is empty while all is well, and an alarm on it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from components import names
from components.account import Account
from components.job_policy import failed_runs, queue_policy

_TWO_WEEKS_SECONDS = 14 * 24 * 3600


def report_failures(
    parent: pulumi.Resource,
    name: str,
    here: pulumi.Output[Account],
    *,
    cluster_arn: pulumi.Input[str],
    topic_arns: Sequence[pulumi.Input[str]],
    tags: Mapping[str, str],
) -> aws.sqs.Queue:
    """The queue: of starts that never succeeded, by the scheduler, and of runs that failed, by a rule."""
    queue = _queue(parent, f"{name}-failures", tags)
    rule = _rule(parent, f"{name}-failed-run", name, here, cluster_arn, tags)
    policy = aws.sqs.QueuePolicy(
        f"{name}-failures",
        queue_url=queue.url,
        policy=pulumi.Output.all(queue.arn, rule.arn).apply(lambda both: queue_policy(both[0], both[1])),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    aws.cloudwatch.EventTarget(
        f"{name}-failed-run",
        rule=rule.name,
        arn=queue.arn,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[policy]),
    )
    _alarm(parent, f"{name}-failed", queue, topic_arns, tags)
    return queue


def _queue(parent: pulumi.Resource, name: str, tags: Mapping[str, str]) -> aws.sqs.Queue:
    return aws.sqs.Queue(
        name,
        message_retention_seconds=_TWO_WEEKS_SECONDS,
        # SQS's own key: events cannot be sent to a queue whose key does not name EventBridge.
        sqs_managed_sse_enabled=True,
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _rule(
    parent: pulumi.Resource,
    name: str,
    family: str,
    here: pulumi.Output[Account],
    cluster_arn: pulumi.Input[str],
    tags: Mapping[str, str],
) -> aws.cloudwatch.EventRule:
    return aws.cloudwatch.EventRule(
        name,
        description=f"Runs of {family} that failed",
        event_pattern=pulumi.Output.all(here, cluster_arn).apply(
            lambda both: json.dumps(failed_runs(both[1], family, both[0]))
        ),
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _alarm(
    parent: pulumi.Resource,
    name: str,
    queue: aws.sqs.Queue,
    topic_arns: Sequence[pulumi.Input[str]],
    tags: Mapping[str, str],
) -> None:
    aws.cloudwatch.MetricAlarm(
        name,
        name=names.fit(name, names.ALARM, generated=False),
        alarm_description="The job did not start or did not end well; the reason lies in its queue of failures.",
        namespace="AWS/SQS",
        metric_name="ApproximateNumberOfMessagesVisible",
        dimensions={"QueueName": queue.name},
        statistic="Maximum",
        period=60,
        evaluation_periods=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        treat_missing_data="notBreaching",
        alarm_actions=list(topic_arns),
        ok_actions=list(topic_arns),
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )
