"""Trust and rights that are wider than they look, refused before any role is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from components import names
from components.ci_roles_args import CiRolesArgs, Grant, ManagedRoles
from components.errors import ComponentError
from components.iam_policy import inexact

_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
# What GitHub takes in an environment's name and leaves as it is in a token's subject.
_ENVIRONMENT = re.compile(r"[A-Za-z0-9._ -]+")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
# AWS: CreateRole, MaxSessionDuration: an hour to twelve (botocore 1.44.5), read 2026-11
_SESSION_MINUTES = (60, 720)
_TOO_MUCH = ("AdministratorAccess", "IAMFullAccess", "AWSOrganizationsFullAccess")

Wrong = tuple[str, str, str]


def check_ci_roles(where: str, args: CiRolesArgs) -> None:
    """A ComponentError for the first thing that would let in more than was meant."""
    for problem, expected, fix in _problems(args):
        raise ComponentError(where, problem, expected=expected, fix=fix)
    names.fit(f"{where}-preview", names.ROLE, generated=False)


def _problems(args: CiRolesArgs) -> Iterator[Wrong]:
    """Problem, expectation and remedy."""
    yield from _subjects(args)
    yield from _rights(args)
    for grant in (*args.preview_grants, *args.deploy_grants):
        yield from _grant(grant)
    yield from _reading(args.preview_grants)
    if args.managed_roles is not None:
        yield from _managed(args.managed_roles)
    least, most = _SESSION_MINUTES
    if not least <= args.session_minutes <= most:
        yield f"sessions of {args.session_minutes} minutes", f"{least} to {most}", "correct `session_minutes`"


def _subjects(args: CiRolesArgs) -> Iterator[Wrong]:
    if not _REPOSITORY.fullmatch(args.repository):
        yield (
            f"the repository `{args.repository}` is not one repository",
            "owner/name without wildcards: whoever else matched could take the roles",
            "name the repository; make one CiRoles for each",
        )
    if args.environment is not None and not _ENVIRONMENT.fullmatch(args.environment):
        yield (
            f"the environment `{args.environment}` is not one environment",
            "the name of a GitHub environment without wildcards",
            "name the environment; make one CiRoles for each",
        )
    if args.branch is not None and not _BRANCH.fullmatch(args.branch):
        yield (
            f"the branch `{args.branch}` is not one branch",
            "the name of a branch without wildcards",
            "name the branch; make one CiRoles for each",
        )
    if args.environment is not None and args.branch is not None:
        yield (
            f"the environment {args.environment} and the branch {args.branch} are both to deploy",
            "one of them: a job has one subject, and the branch would pass by the environment's approvals",
            "drop `branch`, or `environment`",
        )
    if args.repository_id is not None and not args.repository_id.isdecimal():
        yield f"the repository id `{args.repository_id}`", "GitHub's number", "correct `repository_id`"
    if not args.preview and not _deploys(args):
        yield "neither a preview nor a deploy role", "one of them", "set `preview`, `environment` or `branch`"


def _deploys(args: CiRolesArgs) -> bool:
    return args.environment is not None or args.branch is not None


def _rights(args: CiRolesArgs) -> Iterator[Wrong]:
    given = bool(args.deploy_grants or args.deploy_policy_arns or args.managed_roles)
    if _deploys(args) != given:
        yield (
            "a deploy role that may do nothing" if not given else "rights for a deploy role that is not made",
            "`environment` or `branch` together with `deploy_grants` or `deploy_policy_arns`",
            "add what is missing",
        )
    for arn in args.deploy_policy_arns:
        if arn.rsplit("/", 1)[-1] in _TOO_MUCH:
            yield (
                f"the deploy role would have {arn.rsplit('/', 1)[-1]}",
                "less than the right to give itself every right",
                "use PowerUserAccess with `managed_roles`, or exact `deploy_grants`",
            )


def _grant(grant: Grant) -> Iterator[Wrong]:
    wild = inexact(grant.actions)
    if wild or not grant.actions:
        yield (
            f"the grant {grant.sid} allows {', '.join(wild) or 'nothing'}",
            "service:Action without wildcards",
            "spell the actions out",
        )
    everywhere, reason = any(_any(resource) for resource in grant.resources), grant.why_any_resource
    if everywhere and reason is None:
        yield (
            f"the grant {grant.sid} is for every resource, without a reason",
            "ARNs, or `*` with `why_any_resource`",
            "name the resources",
        )
    if reason is not None and not everywhere:
        yield (
            f"the grant {grant.sid} is for named resources and says why it is for any",
            "ARNs, or `*` with `why_any_resource`",
            "drop `why_any_resource`",
        )
    if not grant.resources or not grant.sid.isalnum():
        yield f"the grant `{grant.sid}`", "letters and digits as its sid, and resources", "correct it"


def _any(resource: object) -> bool:
    """Whether it names nothing: `*`, or an ARN of which only the service is said, such as arn:aws:s3:::*."""
    return isinstance(resource, str) and not resource.split(":", 5)[-1].strip("*?")


def _reading(grants: Sequence[Grant]) -> Iterator[Wrong]:
    """A preview runs the code of whoever opened the pull request."""
    for grant in grants:
        writing = [action for action in grant.actions if not _reads(action)]
        if writing:
            yield (
                f"the preview role would do {', '.join(writing)}",
                "Get, List, Describe, Head, BatchGet, Lookup, Search and Simulate only",
                "move it to `deploy_grants`",
            )


def _reads(action: str) -> bool:
    reading = ("Get", "List", "Describe", "Head", "BatchGet", "Lookup", "Search", "Simulate")
    return action.split(":", 1)[-1].startswith(reading)


def _managed(managed: ManagedRoles) -> Iterator[Wrong]:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_+=,.@-]{2,}", managed.prefix):
        yield (
            f"the deploy role would manage every role that begins with `{managed.prefix}`",
            "a prefix of three characters or more, such as la-prod-",
            "use the environment's prefix",
        )
    if managed.own_boundary and managed.boundary_arn is not None:
        yield (
            "its roles are to carry two boundaries, and a role has one",
            "`own_boundary` or `boundary_arn`",
            "drop one of them",
        )
    for principal in (*managed.passed_to, *managed.linked_to):
        if "*" in principal or not principal.endswith((".amazonaws.com", ".amazonaws.com.cn")):
            yield f"roles would be passed to {principal}", "a service principal", "correct `passed_to`"
