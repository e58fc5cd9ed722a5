"""The two roles of a service: one for ECS to start its tasks, one for the code inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import account as accounts
from components.account import Account
from components.iam_policy import document, trust
from components.secret_ref import SecretRef
from components.service_grant import Grant, statements
from components.service_policy import Needs, execution_policy


@dataclass(frozen=True, kw_only=True)
class Roles:
    """`execution` starts tasks; `task` is what the application is, and may nothing until it is granted.

    `policies` must stand before the first task starts.
    """

    execution: aws.iam.Role
    task: aws.iam.Role
    policies: Sequence[aws.iam.RolePolicy]


def make_roles(
    parent: pulumi.Resource,
    name: str,
    *,
    log_group: aws.cloudwatch.LogGroup,
    repository_arns: Sequence[pulumi.Input[str]],
    secrets: Sequence[SecretRef],
    tags: Mapping[str, str],
    grants: Sequence[Grant] = (),
) -> Roles:
    """Both roles, the policy of the first with exactly the ARNs that are named here, the second's with `grants`."""
    here = accounts.current(parent)
    execution = _role(parent, f"{name}-execution", here, tags)
    policy = aws.iam.RolePolicy(
        f"{name}-execution-policy",
        role=execution.name,
        policy=_execution_policy(here, log_group, repository_arns, secrets),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    task = _role(parent, f"{name}-task", here, tags)
    return Roles(
        execution=execution, task=task, policies=[policy, *_task_policy(parent, f"{name}-task", task, grants)]
    )


def _task_policy(
    parent: pulumi.Resource, name: str, role: aws.iam.Role, grants: Sequence[Grant]
) -> list[aws.iam.RolePolicy]:
    if not grants:
        return []
    policy = pulumi.Output.all(*[list(grant.resources) for grant in grants]).apply(
        lambda known: document(*statements(grants, known))
    )
    return [
        aws.iam.RolePolicy(
            f"{name}-policy", role=role.name, policy=policy, opts=pulumi.ResourceOptions(parent=parent)
        )
    ]


def _role(
    parent: pulumi.Resource, name: str, here: pulumi.Output[Account], tags: Mapping[str, str]
) -> aws.iam.Role:
    return aws.iam.Role(
        name,
        assume_role_policy=here.apply(_trust_of_tasks),
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _trust_of_tasks(account: Account) -> str:
    # AWS: "Amazon ECS task IAM role", the confused-deputy conditions shown there; per reference notes.
    return trust("ecs-tasks.amazonaws.com", account.id, account.arn("ecs", "*"))


def _execution_policy(
    here: pulumi.Output[Account],
    log_group: aws.cloudwatch.LogGroup,
    repository_arns: Sequence[pulumi.Input[str]],
    secrets: Sequence[SecretRef],
) -> pulumi.Output[str]:
    return pulumi.Output.all(
        account=here,
        log_group_arn=log_group.arn,
        repository_arns=list(repository_arns),
        secret_arns=[ref.arn for ref in secrets],
        key_arns=[ref.kms_key_arn for ref in secrets if ref.kms_key_arn is not None],
    ).apply(
        lambda found: execution_policy(
            found["account"],
            Needs(
                log_group_arn=found["log_group_arn"],
                repository_arns=found["repository_arns"],
                secret_arns=found["secret_arns"],
                key_arns=found["key_arns"],
            ),
        )
    )
