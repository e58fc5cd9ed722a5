"""What ECS needs to move traffic itself: the role, and what the load balancer's part of the service says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from components.gateway import Target
from components.iam_policy import allow, document
from components.service_deployment import Hook
from components.target import Alternate

# AWS: managed policy AmazonECSInfrastructureRolePolicyForLoadBalancers v6, read 2026-11; here for two groups
# and their rules instead of for all.
_READ = tuple(
    f"elasticloadbalancing:Describe{what}" for what in ("Listeners", "Rules", "TargetGroups", "TargetHealth")
)
_MOVE_TARGETS = ("elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets")


def shifting_role(
    parent: pulumi.Resource, name: str, target: Target, alternate: Alternate, tags: Mapping[str, str]
) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
    """The role by which ECS registers tasks in both groups and weights the rules between them."""
    groups = [target.arn, alternate.arn]
    rules = [alternate.production_rule_arn]
    if alternate.trial_rule_arn is not None:
        rules.append(alternate.trial_rule_arn)
    policy = pulumi.Output.all(groups=groups, rules=rules).apply(
        lambda known: shifting_policy(known["groups"], known["rules"])
    )
    return _role(parent, f"{name}-shifting", policy, tags)


def hook_role(
    parent: pulumi.Resource, name: str, hooks: Sequence[Hook], tags: Mapping[str, str]
) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
    """The role by which ECS calls the hooks, and no other function."""
    policy = pulumi.Output.all(*[hook.function_arn for hook in hooks]).apply(hook_policy)
    return _role(parent, f"{name}-hooks", policy, tags)


def shifting_policy(group_arns: Sequence[str], rule_arns: Sequence[str]) -> str:
    """Look at all, change only these."""
    return document(
        # AWS offers no resource to name for describing actions.
        allow("LookAtLoadBalancers", _READ, ["*"]),
        allow("MoveTasks", _MOVE_TARGETS, group_arns),
        allow("MoveTraffic", ["elasticloadbalancing:ModifyRule"], rule_arns),
    )


def hook_policy(function_arns: Sequence[str]) -> str:
    """Call these functions."""
    return document(allow("AskTheHooks", ["lambda:InvokeFunction"], sorted(set(function_arns))))


def advanced(
    alternate: Alternate, role: aws.iam.Role
) -> aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs:
    """The second group, the rules and the role."""
    return aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs(
        alternate_target_group_arn=alternate.arn,
        production_listener_rule=alternate.production_rule_arn,
        test_listener_rule=alternate.trial_rule_arn,
        role_arn=role.arn,
    )


def _role(
    parent: pulumi.Resource, name: str, policy: pulumi.Output[str], tags: Mapping[str, str]
) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
    role = aws.iam.Role(
        name,
        assume_role_policy=_trust_of_services(),
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )
    written = aws.iam.RolePolicy(
        f"{name}-policy", role=role.name, policy=policy, opts=pulumi.ResourceOptions(parent=parent)
    )
    return role, written


def _trust_of_services() -> str:
    # Without a condition on the account: AWS documents none for this role, and ECS is not known to send one.
    # AWS: "Amazon ECS infrastructure IAM role for load balancers", read 2026-11
    statement = {
        "Sid": "AllowAccessToECSForInfrastructureManagement",
        "Effect": "Allow",
        "Principal": {"Service": "ecs.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    return document(statement)
