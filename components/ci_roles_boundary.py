"""The most that a role can ever do, whatever its policies say."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.account import Account
from components.iam_policy import allow, deny, document

# The services that our components are made of. A boundary grants nothing: it is the one place where whole services
# are named, so that an exact grant of tomorrow needs no new boundary.
SERVICES = (
    "access-analyzer", "acm", "application-autoscaling", "autoscaling", "backup", "backup-storage", "budgets", "ce",
    "cloudfront", "cloudtrail", "cloudwatch", "config", "ec2", "ec2messages", "ecr", "ecs", "elasticache",
    "elasticloadbalancing", "events", "firehose", "guardduty", "iam", "kms", "lambda", "logs", "rds", "rds-db",
    "route53", "s3", "scheduler", "secretsmanager", "securityhub", "servicediscovery", "ses", "sns", "sqs", "ssm",
    "ssmmessages", "sts", "synthetics", "tag", "wafv2", "xray",
)  # fmt: skip

# Credentials that outlive a session.
_LASTING = (
    "iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachUserPolicy", "iam:CreateAccessKey", "iam:CreateGroup",
    "iam:CreateLoginProfile", "iam:CreateOpenIDConnectProvider", "iam:CreateSAMLProvider",
    "iam:CreateServiceSpecificCredential", "iam:CreateUser", "iam:PutGroupPolicy", "iam:PutUserPolicy",
    "iam:UpdateLoginProfile", "iam:UpdateSAMLProvider",
)  # fmt: skip
# What would make the account forget who did what.
_AUDIT = (
    "access-analyzer:DeleteAnalyzer", "cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors",
    "cloudtrail:StopLogging", "cloudtrail:UpdateTrail", "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel", "config:StopConfigurationRecorder", "guardduty:DeleteDetector",
    "guardduty:DisassociateFromAdministratorAccount", "guardduty:UpdateDetector", "securityhub:DisableSecurityHub",
)  # fmt: skip
_OWN_ROLES = (
    "iam:AttachRolePolicy", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
)  # fmt: skip
# By these a managed policy is made to say something else.
REWRITING = (
    "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion",
)  # fmt: skip
_OWN_PROVIDER = (
    "iam:AddClientIDToOpenIDConnectProvider", "iam:DeleteOpenIDConnectProvider",
    "iam:UpdateOpenIDConnectProviderThumbprint",
)  # fmt: skip


def boundary_policy(
    account: Account,
    *,
    role_names: Sequence[str],
    boundary_name: str,
    services: Sequence[str] = SERVICES,
) -> str:
    """No other service, no lasting credentials, no blinding of the audit, no change of CI's own roles."""
    here = f"arn:{account.partition}:iam::{account.id}"
    roles = [f"{here}:role/{name}" for name in role_names]
    return document(
        allow("ServicesOfOurs", [f"{service}:*" for service in services], ["*"]),
        deny("NoLastingCredentials", _LASTING, ["*"]),
        deny("NoBlindingOfTheAudit", _AUDIT, ["*"]),
        deny("NotTheirOwnRoles", _OWN_ROLES, roles),
        deny("NotTheirOwnBoundary", REWRITING, [f"{here}:policy/{boundary_name}"]),
        deny("NotTheirOwnProvider", _OWN_PROVIDER, [f"{here}:oidc-provider/*"]),
    )


def bound_roles(boundary_arn: pulumi.Input[str]) -> None:
    """From now on every role that this program makes carries the boundary.

    Call it before the first component; a role with a boundary of its own keeps that.
    """

    def bind(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        if args.type_ != "aws:iam/role:Role" or args.props.get("permissions_boundary"):
            return None
        props = {**args.props, "permissions_boundary": boundary_arn}
        return pulumi.ResourceTransformationResult(props=props, opts=args.opts)

    # Components run in the program's own process, where a transformation reaches their children.
    pulumi.runtime.register_stack_transformation(bind)
