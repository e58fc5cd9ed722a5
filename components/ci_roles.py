"""Who may deploy: two roles that GitHub's workflows take without any stored credential."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components import account
from components.ci_roles_args import (
    ATTACHED,
    LINKED_TO,
    PASSED_TO,
    CiRolesArgs,
    Grant,
    ManagedRoles,
    StateStore,
)
from components.ci_roles_boundary import bound_roles, boundary_policy
from components.ci_roles_checks import check_ci_roles
from components.ci_roles_managed import Managed, managed_policy
from components.ci_roles_policy import (
    AUDIENCE,
    READ_ONLY,
    State,
    branch_subject,
    deploy_policy,
    deploy_subject,
    preview_policy,
    preview_subject,
    trust_policy,
)
from components.iam_policy import Statement, allow

__all__ = [
    "ATTACHED",
    "LINKED_TO",
    "PASSED_TO",
    "CiRoles",
    "CiRolesArgs",
    "Grant",
    "ManagedRoles",
    "StateStore",
    "bound_roles",
]


class CiRoles(pulumi.ComponentResource):
    """A role that reads, for pull requests; a role that deploys, for one GitHub environment or branch; and a boundary.

    The roles have fixed names, so that a workflow can name them before they exist. They cannot change themselves:
    this component is deployed by a person.
    """

    component_name: str
    provider_arn: pulumi.Output[str]
    boundary_arn: pulumi.Output[str]
    preview_role_arn: pulumi.Output[str] | None
    deploy_role_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: CiRolesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_ci_roles(name, args)
        super().__init__("plinth:ci:CiRoles", name, {}, opts)
        self.component_name, self._args = name, args
        self._here = account.current(self)
        self.provider_arn = self._github()
        self.boundary_arn = self._boundary()
        self.preview_role_arn = self._preview_role() if args.preview else None
        self.deploy_role_arn = self._deploy_role() if args.environment or args.branch else None
        self.register_outputs(
            {"preview_role_arn": self.preview_role_arn, "deploy_role_arn": self.deploy_role_arn}
        )

    def _github(self) -> pulumi.Output[str]:
        args = self._args
        if args.existing_provider_arn is not None:
            return pulumi.Output.concat(args.existing_provider_arn)
        return aws.iam.OpenIdConnectProvider(
            f"{self.component_name}-provider",
            url=f"https://{args.issuer}",
            client_id_lists=[AUDIENCE],
            tags={**args.tags, "Name": f"{self.component_name}-provider"},
            opts=self._child(),
        ).arn

    def _boundary(self) -> pulumi.Output[str]:
        name = f"{self.component_name}-boundary"
        if self._args.boundary_arn is not None:
            return pulumi.Output.concat(self._args.boundary_arn)
        roles = [self._role_name(which) for which in ("preview", "deploy")]
        return aws.iam.Policy(
            name,
            name=name,
            description="The most that CI's roles can do, whatever their policies say",
            policy=self._here.apply(lambda here: boundary_policy(here, role_names=roles, boundary_name=name)),
            tags={**self._args.tags, "Name": name},
            opts=self._child(),
        ).arn

    def _preview_role(self) -> pulumi.Output[str]:
        args = self._args
        role = self._role("preview", preview_subject(args.repository), "Previews pull requests: reads only")
        self._inline(role, "preview", self._policy(args.preview_grants, args.preview_secret_arns, _preview))
        for path in READ_ONLY if args.preview_refresh else ():
            arn = pulumi.Output.concat(
                self._here.apply(lambda here: f"arn:{here.partition}:iam::aws:policy/"), path
            )
            self._attach(role, f"preview-{path.rsplit('/', 1)[-1].lower()}", arn)
        return role.arn

    def _deploy_role(self) -> pulumi.Output[str]:
        args = self._args
        if args.environment is not None:
            subject, what = deploy_subject(args.repository, args.environment), args.environment
        else:
            subject, what = branch_subject(args.repository, str(args.branch)), f"the branch {args.branch}"
        role = self._role("deploy", subject, f"Deploys {what}")
        if args.state is not None or args.deploy_grants:
            self._inline(role, "deploy", self._policy(args.deploy_grants, (), _deploy))
        if args.managed_roles is not None:
            self._inline(role, "deploy-roles", self._managed(args.managed_roles))
        for arn in dict.fromkeys(args.deploy_policy_arns):
            self._attach(role, f"deploy-{arn.rsplit('/', 1)[-1].lower()}", arn)
        return role.arn

    def _role(self, which: str, subject: str, description: str) -> aws.iam.Role:
        args, name = self._args, self._role_name(which)
        return aws.iam.Role(
            name,
            name=name,
            description=description,
            assume_role_policy=self.provider_arn.apply(
                lambda arn: trust_policy(arn, args.issuer, subject, args.repository_id)
            ),
            permissions_boundary=self.boundary_arn,
            max_session_duration=args.session_minutes * 60,
            tags={**args.tags, "Name": name},
            opts=self._child(),
        )

    def _policy(
        self,
        grants: Sequence[Grant],
        secret_arns: Sequence[pulumi.Input[str]],
        write: Callable[[Mapping[str, Any]], str],
    ) -> pulumi.Output[str]:
        state = self._args.state
        return pulumi.Output.all(
            here=self._here,
            state=None if state is None else [state.bucket_arn, state.prefix, state.kms_key_arn],
            grants=[[grant.sid, list(grant.actions), list(grant.resources)] for grant in grants],
            secrets=list(secret_arns),
        ).apply(write)

    def _managed(self, roles: ManagedRoles) -> pulumi.Output[str]:
        boundary_arn = self.boundary_arn if roles.own_boundary else roles.boundary_arn
        return pulumi.Output.all(self._here, boundary_arn).apply(
            lambda known: managed_policy(
                known[0],
                Managed(
                    prefix=roles.prefix,
                    boundary_arn=known[1],
                    passed_to=roles.passed_to,
                    linked_to=roles.linked_to,
                    attached=roles.attached,
                ),
            )
        )

    def _inline(self, role: aws.iam.Role, name: str, policy: pulumi.Output[str]) -> None:
        aws.iam.RolePolicy(f"{self.component_name}-{name}", role=role.name, policy=policy, opts=self._child())

    def _attach(self, role: aws.iam.Role, name: str, policy_arn: pulumi.Input[str]) -> None:
        aws.iam.RolePolicyAttachment(
            f"{self.component_name}-{name}", role=role.name, policy_arn=policy_arn, opts=self._child()
        )

    def _role_name(self, which: str) -> str:
        return f"{self.component_name}-{which}"

    def _child(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)


def _preview(known: Mapping[str, Any]) -> str:
    return preview_policy(known["here"], _state(known), _grants(known), known["secrets"])


def _deploy(known: Mapping[str, Any]) -> str:
    return deploy_policy(_state(known), _grants(known))


def _state(known: Mapping[str, Any]) -> State | None:
    if known["state"] is None:
        return None
    bucket_arn, prefix, kms_key_arn = known["state"]
    return State(bucket_arn=bucket_arn, prefix=prefix, kms_key_arn=kms_key_arn)


def _grants(known: Mapping[str, Any]) -> list[Statement]:
    return [allow(sid, actions, resources) for sid, actions, resources in known["grants"]]
