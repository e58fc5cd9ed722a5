"""A task that runs to its end: at its times, or when somebody starts it."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from components import account, job_checks, relations
from components.container import Container, volume_name
from components.destination import allow_to
from components.fargate_task import register_task, task_log_group
from components.job_args import JobArgs, Schedule
from components.job_failures import report_failures
from components.job_policy import Startable, operator_policy
from components.job_schedule import Start, make_schedule
from components.service_grant import Grant
from components.service_image import by_digest
from components.service_roles import Roles, make_roles

__all__ = ["Grant", "Job", "JobArgs", "Schedule"]


class Job(pulumi.ComponentResource):
    """One Fargate task in private subnets that nobody can connect to, whose failures are noticed.

    `run_task` is what `aws ecs run-task --cli-input-json` takes to start it now; `failures_url` is the queue of
    what went wrong.
    """

    component_name: str
    security_group_id: pulumi.Output[str]
    task_definition_arn: pulumi.Output[str]
    task_role_name: pulumi.Output[str]
    log_group_name: pulumi.Output[str]
    failures_url: pulumi.Output[str]
    run_task: pulumi.Output[str]

    def __init__(self, name: str, args: JobArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        job_checks.check(name, args)
        super().__init__("plinth:job:Job", name, {}, opts)
        self.component_name, self._args = name, args
        self._here = account.current(self)
        self.security_group_id = self._security_group().id
        log_group = task_log_group(self, name, args)
        self.log_group_name = log_group.name
        roles = self._roles(log_group)
        self.task_role_name = roles.task.name
        # The policies first: whoever starts the task must find them.
        task = self._task_definition(roles)
        self.task_definition_arn = pulumi.Output.all(
            task.arn, *[policy.id for policy in roles.policies]
        ).apply(lambda known: str(known[0]))
        self._startable = self._what_starts(roles)
        queue = self._failures()
        self.failures_url, self.run_task = queue.url, self._run_task()
        self._schedule(queue)
        self.register_outputs({"task_definition_arn": self.task_definition_arn, "run_task": self.run_task})

    def grant_start(self, role_name: pulumi.Input[str], grantee: str = "operator") -> None:
        """Let a role start this job and see how it ends; `grantee` names the grant."""
        aws.iam.RolePolicy(
            f"{self.component_name}-start-by-{grantee}",
            role=role_name,
            policy=pulumi.Output.all(self._here, self._startable).apply(
                lambda known: operator_policy(known[0], known[1])
            ),
            opts=self._child(),
        )

    def _child(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)

    def _security_group(self) -> aws.ec2.SecurityGroup:
        args, name = self._args, self.component_name
        group = relations.closed_security_group(
            self, f"{name}-sg", vpc_id=args.vpc_id, description="Tasks of the job", tags=args.tags
        )
        for destination in args.egress:
            allow_to(self, name, group.id, destination)
        return group

    def _roles(self, log_group: aws.cloudwatch.LogGroup) -> Roles:
        args = self._args
        return make_roles(
            self,
            self.component_name,
            log_group=log_group,
            repository_arns=[] if args.registry is None else [args.registry.arn],
            secrets=list(args.secrets.values()),
            tags=args.tags,
            grants=args.grants,
        )

    def _task_definition(self, roles: Roles) -> aws.ecs.TaskDefinition:
        args, name = self._args, self.component_name
        volumes = [volume_name(path) for path in args.writable_paths]
        return register_task(self, name, args, roles, volumes=volumes, containers=[self._container()])

    def _container(self) -> Container:
        args = self._args
        return Container(
            image=by_digest(self.component_name, args.image) if args.require_digest else args.image,
            port=None,
            log_group=self.log_group_name,
            region=self._here.apply(lambda here: here.region),
            environment=args.environment,
            secrets={variable: ref.value_from() for variable, ref in args.secrets.items()},
            writable_paths=args.writable_paths,
            command=args.command,
        )

    def _what_starts(self, roles: Roles) -> pulumi.Output[Startable]:
        family = self.component_name
        return pulumi.Output.all(self._args.cluster.arn, roles.execution.arn, roles.task.arn).apply(
            lambda known: Startable(cluster_arn=known[0], family=family, role_arns=known[1:])
        )

    def _failures(self) -> aws.sqs.Queue:
        return report_failures(
            self,
            self.component_name,
            self._here,
            cluster_arn=self._args.cluster.arn,
            topic_arns=self._args.alarm_topic_arns,
            tags=self._args.tags,
        )

    def _schedule(self, queue: aws.sqs.Queue) -> None:
        if self._args.schedule is None:
            return
        start = Start(
            task_definition_arn=self.task_definition_arn,
            cluster_arn=self._args.cluster.arn,
            subnet_ids=self._args.subnet_ids,
            security_group_id=self.security_group_id,
            startable=self._startable,
            queue_arn=queue.arn,
        )
        make_schedule(self, self.component_name, self._args.schedule, start, self._here, self._args.tags)

    def _run_task(self) -> pulumi.Output[str]:
        return pulumi.Output.all(
            self._args.cluster.name, self.task_definition_arn, self._args.subnet_ids, self.security_group_id
        ).apply(lambda known: json.dumps(_request(known[0], known[1], known[2], known[3])))


def _request(cluster: str, task_definition: str, subnets: list[str], group: str) -> dict[str, Any]:
    place = {"subnets": subnets, "securityGroups": [group], "assignPublicIp": "DISABLED"}
    return {
        "cluster": cluster,
        "taskDefinition": task_definition,
        "launchType": "FARGATE",
        "enableECSManagedTags": True,
        "propagateTags": "TASK_DEFINITION",
        "networkConfiguration": {"awsvpcConfiguration": place},
    }
