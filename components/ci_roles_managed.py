"""Which roles and policies the deploy role may make, whom it may pass them to, and what they must carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.account import Account
from components.ci_roles_boundary import REWRITING
from components.iam_policy import Condition, Statement, allow, deny, document

_ROLES = (
    "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:GetRole", "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies", "iam:ListRoleTags",
    "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
)  # fmt: skip
# AWS: Service Authorization Reference, IAM: the actions that know the condition iam:PermissionsBoundary;
# per reference notes.
_GIVING = ("iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy")
_PROFILES = (
    "iam:AddRoleToInstanceProfile", "iam:CreateInstanceProfile", "iam:DeleteInstanceProfile",
    "iam:GetInstanceProfile", "iam:ListInstanceProfileTags", "iam:RemoveRoleFromInstanceProfile",
    "iam:TagInstanceProfile", "iam:UntagInstanceProfile",
)  # fmt: skip
_POLICIES = (
    "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:GetPolicy",
    "iam:GetPolicyVersion", "iam:ListPolicyTags", "iam:ListPolicyVersions", "iam:TagPolicy", "iam:UntagPolicy",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Managed:
    """`ManagedRoles` with known ARNs."""

    prefix: str
    boundary_arn: str | None
    passed_to: Sequence[str]
    linked_to: Sequence[str]
    attached: Sequence[str]


def managed_policy(account: Account, managed: Managed) -> str:
    """IAM rights over the environment's own roles and policies."""
    roles = f"arn:{account.partition}:iam::{account.id}:role/{managed.prefix}*"
    policies = f"arn:{account.partition}:iam::{account.id}:policy/{managed.prefix}*"
    profiles = f"arn:{account.partition}:iam::{account.id}:instance-profile/{managed.prefix}*"
    aws_own = [f"arn:{account.partition}:iam::aws:policy/{path}" for path in managed.attached]
    bound: Condition = (
        {"StringEquals": {"iam:PermissionsBoundary": managed.boundary_arn}} if managed.boundary_arn else {}
    )
    attach: Condition = {**bound, "ArnLike": {"iam:PolicyARN": [*aws_own, policies]}}
    passed: Condition = {"StringEquals": {"iam:PassedToService": list(managed.passed_to)}}
    return document(
        allow("OwnRoles", _ROLES, [roles]),
        allow("GiveOwnRoles", _GIVING, [roles], condition=bound or None),
        allow("AttachKnownPolicies", ["iam:AttachRolePolicy"], [roles], condition=attach),
        allow("OwnPolicies", _POLICIES, [policies]),
        *_not_the_boundary(managed.boundary_arn),
        allow("OwnProfiles", _PROFILES, [profiles]),
        allow("PassOwnRoles", ["iam:PassRole"], [roles], condition=passed),
        *_linked(account, managed.linked_to),
    )


def _not_the_boundary(boundary_arn: str | None) -> list[Statement]:
    """A boundary whose name begins as the environment's own policies do could else be rewritten by who it binds."""
    if boundary_arn is None:
        return []
    return [deny("NotTheBoundary", REWRITING, [boundary_arn])]


def _linked(account: Account, services: Sequence[str]) -> list[Statement]:
    if not services:
        return []
    roles = f"arn:{account.partition}:iam::{account.id}:role/aws-service-role/*"
    named: Condition = {"StringEquals": {"iam:AWSServiceName": list(services)}}
    return [allow("ServicesOwnRoles", ["iam:CreateServiceLinkedRole"], [roles], condition=named)]
