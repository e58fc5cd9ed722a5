"""Trust and rights that are wider than they look are refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.ci_roles import CiRoles, CiRolesArgs, Grant, ManagedRoles
from components.ci_roles_checks import check_ci_roles
from components.errors import ComponentError
from tests.components.recording import Cloud

SERVICE = "arn:aws:ecs:us-east-1:123456789012:service/a/b"
DEPLOY = Grant(sid="Service", actions=["ecs:UpdateService"], resources=[SERVICE])
GIVEN: dict[str, Any] = {
    "repository": "acme/learning",
    "environment": "production",
    "deploy_grants": [DEPLOY],
}


def grant(**more: Any) -> Grant:
    return Grant(**{"sid": "A", "actions": ["ecs:UpdateService"], "resources": [SERVICE], **more})


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"repository": "acme/*"},
        "the repository `acme/*` is not one repository. Expected owner/name without wildcards: whoever else "
        "matched could take the roles. Fix: name the repository; make one CiRoles for each.",
    ),
    (
        {"environment": "prod*"},
        "the environment `prod*` is not one environment. Expected the name of a GitHub environment without "
        "wildcards. Fix: name the environment; make one CiRoles for each.",
    ),
    (
        {"environment": None, "branch": "release/*"},
        "the branch `release/*` is not one branch. Expected the name of a branch without wildcards. "
        "Fix: name the branch; make one CiRoles for each.",
    ),
    (
        {"branch": "main"},
        "the environment production and the branch main are both to deploy. Expected one of them: a job has one "
        "subject, and the branch would pass by the environment's approvals. Fix: drop `branch`, or `environment`.",
    ),
    (
        {"managed_roles": ManagedRoles(prefix="la-prod-", own_boundary=True, boundary_arn="arn:b")},
        "its roles are to carry two boundaries, and a role has one. Expected `own_boundary` or `boundary_arn`. "
        "Fix: drop one of them.",
    ),
    (
        {"repository_id": "abc"},
        "the repository id `abc`. Expected GitHub's number. Fix: correct `repository_id`.",
    ),
    (
        {"preview": False, "environment": None, "deploy_grants": []},
        "neither a preview nor a deploy role. Expected one of them. Fix: set `preview`, `environment` or `branch`.",
    ),
    (
        {"deploy_grants": []},
        "a deploy role that may do nothing. Expected `environment` or `branch` together with `deploy_grants` "
        "or `deploy_policy_arns`. Fix: add what is missing.",
    ),
    (
        {"environment": None},
        "rights for a deploy role that is not made. Expected `environment` or `branch` together with `deploy_grants` "
        "or `deploy_policy_arns`. Fix: add what is missing.",
    ),
    (
        {"deploy_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
        "the deploy role would have AdministratorAccess. Expected less than the right to give itself every "
        "right. Fix: use PowerUserAccess with `managed_roles`, or exact `deploy_grants`.",
    ),
    (
        {"deploy_grants": [grant(actions=["ecs:*"])]},
        "the grant A allows ecs:*. Expected service:Action without wildcards. Fix: spell the actions out.",
    ),
    (
        {"deploy_grants": [grant(actions=[])]},
        "the grant A allows nothing. Expected service:Action without wildcards. Fix: spell the actions out.",
    ),
    (
        {"deploy_grants": [grant(resources=["*"])]},
        "the grant A is for every resource, without a reason. Expected ARNs, or `*` with `why_any_resource`. "
        "Fix: name the resources.",
    ),
    (
        {"deploy_grants": [grant(resources=["arn:aws:s3:::*"])]},
        "the grant A is for every resource, without a reason. Expected ARNs, or `*` with `why_any_resource`. "
        "Fix: name the resources.",
    ),
    (
        {"deploy_grants": [grant(why_any_resource="so")]},
        "the grant A is for named resources and says why it is for any. Expected ARNs, or `*` with "
        "`why_any_resource`. Fix: drop `why_any_resource`.",
    ),
    (
        {"deploy_grants": [grant(sid="not a sid")]},
        "the grant `not a sid`. Expected letters and digits as its sid, and resources. Fix: correct it.",
    ),
    (
        {"preview_grants": [grant()]},
        "the preview role would do ecs:UpdateService. Expected Get, List, Describe, Head, BatchGet, Lookup, "
        "Search and Simulate only. Fix: move it to `deploy_grants`.",
    ),
    (
        {"managed_roles": ManagedRoles(prefix="*")},
        "the deploy role would manage every role that begins with `*`. Expected a prefix of three characters or "
        "more, such as la-prod-. Fix: use the environment's prefix.",
    ),
    (
        {"managed_roles": ManagedRoles(prefix="la-prod-", passed_to=["*"])},
        "roles would be passed to *. Expected a service principal. Fix: correct `passed_to`.",
    ),
    (
        {"session_minutes": 30},
        "sessions of 30 minutes. Expected 60 to 720. Fix: correct `session_minutes`.",
    ),
]


@pytest.mark.parametrize(("more", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: CiRoles("ci", CiRolesArgs(**{**GIVEN, **more})))
    assert str(refused.value) == f"ci: {sentence}"
    assert cloud.made == []


def test_an_action_that_knows_no_resource_says_so(cloud: Cloud) -> None:
    reason = "ECS registers definitions without a resource"
    anywhere = Grant(
        sid="Register", actions=["ecs:RegisterTaskDefinition"], resources=["*"], why_any_resource=reason
    )
    cloud.deploy(lambda: CiRoles("ci", CiRolesArgs(**{**GIVEN, "deploy_grants": [anywhere]})))
    assert cloud.named("RolePolicy", "ci-deploy").document("policy")["Statement"][0]["Resource"] == ["*"]


def test_what_lies_below_a_name_needs_no_reason() -> None:
    below = [
        f"{SERVICE}*",
        "arn:aws:s3:::bucket/*",
        "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/web:*",
    ]
    check_ci_roles("ci", CiRolesArgs(**{**GIVEN, "deploy_grants": [grant(resources=below)]}))


def test_a_name_too_long_for_a_role_is_refused(cloud: Cloud) -> None:
    with pytest.raises(ComponentError, match="65 characters are too many for a IAM role name"):
        cloud.deploy(lambda: CiRoles("c" * 57, CiRolesArgs(**GIVEN)))


@given(st.text(alphabet="ab/*?:-. ", max_size=12), st.text(alphabet="ab/*?:-. ", max_size=12))
def test_no_subject_ever_holds_a_wildcard_or_a_second_part(repository: str, environment: str) -> None:
    args = CiRolesArgs(**{**GIVEN, "repository": repository, "environment": environment})
    try:
        check_ci_roles("ci", args)
    except ComponentError:
        return
    assert not set("*?:") & set(repository + environment)
    assert repository.count("/") == 1
