"""What continuous integration may do, and from where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

# AWS's services that our components' roles are for.
PASSED_TO = (
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "ec2.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "ecs.amazonaws.com",
    "lambda.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "rds.amazonaws.com",
    "s3.amazonaws.com",
    "scheduler.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
)
# AWS's services that make a role for themselves when they are first used.
LINKED_TO = (
    "ecs.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
    "elasticache.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "rds.amazonaws.com",
)
# AWS's own policies that our components attach to roles.
ATTACHED = (
    "AWSBackupServiceRolePolicyForS3Backup",
    "AWSBackupServiceRolePolicyForS3Restore",
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "service-role/AWSBackupServiceRolePolicyForRestores",
    "service-role/AWSLambdaENIManagementAccess",
    "service-role/AWS_ConfigRole",
    "service-role/AmazonRDSEnhancedMonitoringRole",
)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Exact `actions` on exact `resources` (ARNs).

    `why_any_resource` is the reason for the resource `*`, which some actions know no other than.
    """

    sid: str
    actions: Sequence[str]
    resources: Sequence[pulumi.Input[str]]
    why_any_resource: str | None = None


@dataclass(frozen=True, kw_only=True)
class StateStore:
    """The bucket of Pulumi's state: everything below `prefix`, and the key that encrypts it or its secrets."""

    bucket_arn: pulumi.Input[str]
    prefix: str = ".pulumi"
    kms_key_arn: pulumi.Input[str] | None = None


@dataclass(frozen=True, kw_only=True)
class ManagedRoles:
    """The deploy role makes roles and policies whose names begin with `prefix`, and no others.

    `boundary_arn` is the permissions boundary that each of these roles must carry (see `bound_roles`); `own_boundary`
    says that it is the one that `CiRoles` makes. Without any, whoever may deploy can give a role every right.
    `passed_to` and `linked_to` are service principals, `attached` the paths of AWS's own policies that may be attached.
    """

    prefix: str
    boundary_arn: pulumi.Input[str] | None = None
    own_boundary: bool = False
    passed_to: Sequence[str] = PASSED_TO
    linked_to: Sequence[str] = LINKED_TO
    attached: Sequence[str] = ATTACHED


@dataclass(frozen=True, kw_only=True)
class CiRolesArgs:
    """`repository` is `owner/name` on GitHub. Who may deploy is `environment`, a GitHub environment with its approvals,
    or `branch`, whose every push may; neither: there is no deploy role.

    `repository_id` binds the roles to GitHub's number of the repository too, which outlives renames and is never
    given again. `existing_provider_arn` is the account's OIDC provider, if it has one (there is one per issuer).
    `preview` makes the role of pull requests: it reads what previews look up, and with `preview_refresh` the
    configuration of everything (never data). It may read no secret but `preview_secret_arns`.
    `deploy_grants` and `deploy_policy_arns` are what the deploy role may do, `managed_roles` which roles it makes.
    `boundary_arn` None makes the permissions boundary of both roles. `session_minutes` is 60 to 720.
    """

    repository: str
    environment: str | None = None
    branch: str | None = None
    repository_id: str | None = None
    issuer: str = "token.actions.githubusercontent.com"
    existing_provider_arn: pulumi.Input[str] | None = None
    state: StateStore | None = None
    preview: bool = True
    preview_refresh: bool = False
    preview_grants: Sequence[Grant] = ()
    preview_secret_arns: Sequence[pulumi.Input[str]] = ()
    deploy_grants: Sequence[Grant] = ()
    deploy_policy_arns: Sequence[str] = ()
    managed_roles: ManagedRoles | None = None
    boundary_arn: pulumi.Input[str] | None = None
    session_minutes: int = 60
    tags: Mapping[str, str] = field(default_factory=dict)
