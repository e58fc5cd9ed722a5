"""Who may deploy: roles for GitHub's workflows, and the boundary that every role of the stack then carries."""

from components.ci_roles import CiRoles, CiRolesArgs, ManagedRoles, bound_roles
from stacks.settings.root import Settings

BRANCH = "main"
# It may make everything but identities; the roles of the stack are `ManagedRoles`' part.
DEPLOYS_WITH = "PowerUserAccess"
PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}


def let_workflows_in(settings: Settings) -> CiRoles | None:
    """Comes first: whoever may make roles could give them every right, so all that follow carry the boundary."""
    if settings.ci.repository is None:
        return None
    approved = settings.ci.approval
    args = CiRolesArgs(
        repository=settings.ci.repository,
        environment=settings.environment if approved else None,
        branch=None if approved else BRANCH,
        existing_provider_arn=settings.ci.provider_arn,
        preview_refresh=True,
        deploy_policy_arns=(f"arn:{_partition(settings.region)}:iam::aws:policy/{DEPLOYS_WITH}",),
        managed_roles=ManagedRoles(prefix=f"{settings.prefix}-", own_boundary=True),
        tags=settings.all_tags,
    )
    roles = CiRoles(f"{settings.prefix}-ci", args)
    bound_roles(roles.boundary_arn)
    return roles


def _partition(region: str) -> str:
    return next((partition for begin, partition in PARTITIONS.items() if region.startswith(begin)), "aws")
