"""Whether backups were made: what failed, and what did not even begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import names
from components.alarm import Comparison, Missing

# AWS: "AWS Backup metrics with Amazon CloudWatch": metrics by BackupVaultName, read 2026-11
_NAMESPACE = "AWS/Backup"
_PERIOD_HOURS = 6


@dataclass(frozen=True, kw_only=True)
class JobAlarm:
    """One alarm over the jobs of a vault: the sum of `metrics` over `periods` of six hours."""

    name: str
    metrics: Sequence[str]
    description: str
    comparison: Comparison
    missing: Missing
    periods: int


def job_alarms(name: str, silent_hours: int) -> list[JobAlarm]:
    """The alarms of one vault. Silence is the worst news: a plan that nobody runs reports no failure."""
    silence = JobAlarm(
        name=f"{name}-missing",
        metrics=["NumberOfBackupJobsCompleted"],
        description=f"For {silent_hours} hours no backup was completed in {name}.",
        comparison=Comparison.BELOW,
        missing=Missing.BAD,
        periods=silent_hours // _PERIOD_HOURS,
    )
    return [silence, *(_failure(name, *failure) for failure in _FAILURES)]


_FAILURES = (
    ("failed", ["NumberOfBackupJobsFailed", "NumberOfBackupJobsExpired"], "A backup"),
    ("copy-failed", ["NumberOfCopyJobsFailed"], "The copy of a backup"),
    ("restore-failed", ["NumberOfRestoreJobsFailed"], "A restore, or the test of one,"),
)


def make_job_alarm(
    parent: pulumi.Resource,
    alarm: JobAlarm,
    vault_name: pulumi.Input[str],
    topic_arn: pulumi.Input[str],
    tags: Mapping[str, str],
) -> None:
    """The alarm, told to the topic when it begins and when it ends."""
    aws.cloudwatch.MetricAlarm(
        alarm.name,
        name=names.fit(alarm.name, names.ALARM, generated=False),
        alarm_description=alarm.description,
        comparison_operator=alarm.comparison,
        threshold=1,
        evaluation_periods=alarm.periods,
        datapoints_to_alarm=alarm.periods,
        treat_missing_data=alarm.missing,
        metric_queries=_queries(alarm, vault_name),
        alarm_actions=[topic_arn],
        ok_actions=[topic_arn],
        tags={**tags, "Name": alarm.name},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _failure(name: str, suffix: str, metrics: Sequence[str], what: str) -> JobAlarm:
    return JobAlarm(
        name=f"{name}-{suffix}",
        metrics=metrics,
        description=f"{what} failed in {name}.",
        comparison=Comparison.AT_LEAST,
        missing=Missing.FINE,
        periods=1,
    )


def _queries(
    alarm: JobAlarm, vault_name: pulumi.Input[str]
) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    """One metric as it is; several as their sum, where none of them needs to be there."""
    alone = len(alarm.metrics) == 1
    parts = [
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id=f"m{number}",
            return_data=alone,
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace=_NAMESPACE,
                metric_name=metric,
                dimensions={"BackupVaultName": vault_name},
                period=_PERIOD_HOURS * 3600,
                stat="Sum",
            ),
        )
        for number, metric in enumerate(alarm.metrics)
    ]
    if alone:
        return parts
    total = " + ".join(f"FILL(m{number}, 0)" for number in range(len(parts)))
    return [
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id="total", expression=total, label="jobs", return_data=True
        ),
        *parts,
    ]
