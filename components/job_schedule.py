"""What starts a job at its times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.account import Account
from components.iam_policy import trust
from components.job_args import Schedule
from components.job_policy import Startable, scheduler_policy


@dataclass(frozen=True, kw_only=True)
class Start:
    """What is started where; `startable` is the same in plain words, once known."""

    task_definition_arn: pulumi.Input[str]
    cluster_arn: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    security_group_id: pulumi.Input[str]
    startable: pulumi.Output[Startable]
    queue_arn: pulumi.Input[str]


def make_schedule(
    parent: pulumi.Resource,
    name: str,
    schedule: Schedule,
    start: Start,
    here: pulumi.Output[Account],
    tags: Mapping[str, str],
) -> aws.scheduler.Schedule:
    """The schedule in a group of its own, and the role by which it starts this job and nothing else."""
    group = aws.scheduler.ScheduleGroup(
        name, tags={**tags, "Name": name}, opts=pulumi.ResourceOptions(parent=parent)
    )
    role, policy = _role(parent, f"{name}-schedule", group, start, here, tags)
    return aws.scheduler.Schedule(
        name,
        group_name=group.name,
        schedule_expression=schedule.expression,
        schedule_expression_timezone=schedule.timezone,
        state="ENABLED" if schedule.enabled else "DISABLED",
        flexible_time_window=_window(schedule.window_minutes),
        target=aws.scheduler.ScheduleTargetArgs(
            arn=start.cluster_arn,
            role_arn=role.arn,
            ecs_parameters=_task(start),
            retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                maximum_retry_attempts=schedule.retries,
                maximum_event_age_in_seconds=schedule.retry_minutes * 60,
            ),
            dead_letter_config=aws.scheduler.ScheduleTargetDeadLetterConfigArgs(arn=start.queue_arn),
        ),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[policy]),
    )


def _window(minutes: int) -> aws.scheduler.ScheduleFlexibleTimeWindowArgs:
    if minutes == 0:
        return aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF")
    return aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="FLEXIBLE", maximum_window_in_minutes=minutes)


def _task(start: Start) -> aws.scheduler.ScheduleTargetEcsParametersArgs:
    return aws.scheduler.ScheduleTargetEcsParametersArgs(
        task_definition_arn=start.task_definition_arn,
        launch_type="FARGATE",
        task_count=1,
        enable_ecs_managed_tags=True,
        propagate_tags="TASK_DEFINITION",
        network_configuration=aws.scheduler.ScheduleTargetEcsParametersNetworkConfigurationArgs(
            subnets=start.subnet_ids, security_groups=[start.security_group_id], assign_public_ip=False
        ),
    )


def _role(
    parent: pulumi.Resource,
    name: str,
    group: aws.scheduler.ScheduleGroup,
    start: Start,
    here: pulumi.Output[Account],
    tags: Mapping[str, str],
) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
    role = aws.iam.Role(
        name,
        # AWS: "Confused deputy prevention in EventBridge Scheduler": the source is the schedule's group.
        assume_role_policy=pulumi.Output.all(here, group.arn).apply(
            lambda both: trust("scheduler.amazonaws.com", both[0].id, both[1])
        ),
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )
    policy = aws.iam.RolePolicy(
        f"{name}-policy",
        role=role.name,
        policy=pulumi.Output.all(here, start.startable, start.queue_arn).apply(
            lambda known: scheduler_policy(known[0], known[1], known[2])
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return role, policy
