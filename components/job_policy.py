"""Who may start a job, and what else its scheduler and its failures need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.account import Account
from components.iam_policy import Statement, allow, deny, document

_TASKS = "ecs-tasks.amazonaws.com"


@dataclass(frozen=True, kw_only=True)
class Startable:
    """ARNs and names, all known, of what a start touches."""

    cluster_arn: str
    family: str
    role_arns: Sequence[str]


def start_statements(account: Account, job: Startable) -> list[Statement]:
    """Start this job in this cluster, hand it its two roles, and tag the task."""
    here = {"ArnEquals": {"ecs:cluster": job.cluster_arn}}
    return [
        allow(
            "StartTheJob",
            ["ecs:RunTask"],
            [account.arn("ecs", f"task-definition/{job.family}:*")],
            condition=here,
        ),
        allow(
            "HandOverItsRoles",
            ["iam:PassRole"],
            sorted(job.role_arns),
            condition={"StringEquals": {"iam:PassedToService": _TASKS}},
        ),
        allow(
            "TagTheTask",
            ["ecs:TagResource"],
            [account.arn("ecs", "task/*")],
            condition={"StringEquals": {"ecs:CreateAction": "RunTask"}},
        ),
    ]


def scheduler_policy(account: Account, job: Startable, queue_arn: str) -> str:
    """Start the job, and tell of starts that failed for good."""
    return document(
        *start_statements(account, job), allow("TellOfFailures", ["sqs:SendMessage"], [queue_arn])
    )


def operator_policy(account: Account, job: Startable) -> str:
    """Start the job and see how it ends."""
    look = allow(
        "SeeHowItEnds",
        ["ecs:DescribeTasks"],
        [account.arn("ecs", "task/*")],
        condition={"ArnEquals": {"ecs:cluster": job.cluster_arn}},
    )
    return document(*start_statements(account, job), look)


def queue_policy(queue_arn: str, rule_arn: str) -> str:
    """The rule on failed runs writes; nobody without TLS."""
    return document(
        allow(
            "FailedRuns",
            ["sqs:SendMessage"],
            [queue_arn],
            principal={"Service": "events.amazonaws.com"},
            condition={"ArnEquals": {"aws:SourceArn": rule_arn}},
        ),
        deny(
            "NobodyWithoutTls",
            ["sqs:*"],
            [queue_arn],
            principal="*",
            condition={"Bool": {"aws:SecureTransport": "false"}},
        ),
    )


def failed_runs(cluster_arn: str, family: str, account: Account) -> dict[str, Any]:
    """The events of this job's tasks that never started, or ended with anything but 0."""
    # AWS: "Amazon ECS task state change events"; a task that was stopped by somebody ends with 137 or 143.
    definition = account.arn("ecs", f"task-definition/{family}:")
    return {
        "source": ["aws.ecs"],
        "detail-type": ["ECS Task State Change"],
        "detail": {
            "clusterArn": [cluster_arn],
            "taskDefinitionArn": [{"prefix": definition}],
            "lastStatus": ["STOPPED"],
            "$or": [
                {"containers": {"exitCode": [{"anything-but": 0}]}},
                {"stopCode": ["TaskFailedToStart"]},
            ],
        },
    }
