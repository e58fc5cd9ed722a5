"""Who may deploy: exact subjects, no wildcard where none is needed, and a boundary that holds whatever is granted."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pulumi_aws as aws
import pytest

from components.ci_roles import PASSED_TO, CiRoles, CiRolesArgs, Grant, ManagedRoles, StateStore, bound_roles
from components.ci_roles_boundary import SERVICES
from simcloud.testing import Simulation
from tests.architecture.repository import python_files
from tests.components.recording import ACCOUNT, Cloud

NAME, ISSUER = "la-prod-ci", "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{ISSUER}"
SERVICE = f"arn:aws:ecs:us-east-1:{ACCOUNT}:service/la-prod/web"
DEPLOY = Grant(sid="Service", actions=["ecs:UpdateService"], resources=[SERVICE])
STATE = StateStore(bucket_arn="arn:aws:s3:::state", kms_key_arn="arn:aws:kms:us-east-1:1:key/1")
# Actions that know no resource, and what a boundary is: it grants nothing.
DOCUMENTED = {"LookUps", "ServicesOfOurs", "NoLastingCredentials", "NoBlindingOfTheAudit", "NoOtherSecrets"}


def ci(**more: Any) -> CiRoles:
    given = {"repository": "acme/learning", "environment": "production", "deploy_grants": [DEPLOY]}
    return CiRoles(NAME, CiRolesArgs(**{**given, **more}))


def statements(cloud: Cloud, kind: str = "RolePolicy", name: str = f"{NAME}-preview") -> dict[str, Any]:
    found = cloud.named(kind, name).document("policy")["Statement"]
    return {statement["Sid"]: statement for statement in found}


def trusted(cloud: Cloud, which: str) -> Any:
    [statement] = cloud.named("Role", f"{NAME}-{which}").document("assumeRolePolicy")["Statement"]
    return statement


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """Everything on, standing in the simulated AWS."""
    simulation = Simulation()

    def program() -> None:
        ci(
            state=STATE,
            repository_id="701234567",
            preview_refresh=True,
            managed_roles=ManagedRoles(prefix="la-prod-"),
            deploy_policy_arns=["arn:aws:iam::aws:policy/PowerUserAccess"],
            session_minutes=90,
        )

    simulation.run(program)
    return simulation


def test_aws_trusts_githubs_tokens_for_aws(deployed: Simulation) -> None:
    found = deployed.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=PROVIDER)
    assert (found["Url"], found["ClientIDList"]) == (ISSUER, ["sts.amazonaws.com"])


@pytest.mark.parametrize(
    ("which", "subject"),
    [
        ("preview", "repo:acme/learning:pull_request"),
        ("deploy", "repo:acme/learning:environment:production"),
    ],
)
def test_aws_lets_exactly_one_subject_take_each_role(deployed: Simulation, which: str, subject: str) -> None:
    role = deployed.client("iam").get_role(RoleName=f"{NAME}-{which}")["Role"]
    [statement] = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Principal"] == {"Federated": PROVIDER}
    assert statement["Condition"] == {
        "StringEquals": {
            f"{ISSUER}:aud": "sts.amazonaws.com",
            f"{ISSUER}:sub": subject,
            f"{ISSUER}:repository_id": "701234567",
        }
    }
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == (
        f"arn:aws:iam::{ACCOUNT}:policy/{NAME}-boundary"
    )
    assert role["MaxSessionDuration"] == 90 * 60


def test_aws_attaches_reading_policies_to_the_preview_and_the_given_ones_to_the_deployment(
    deployed: Simulation,
) -> None:
    iam = deployed.client("iam")
    attached = {
        which: {
            policy["PolicyName"]
            for policy in iam.list_attached_role_policies(RoleName=f"{NAME}-{which}")["AttachedPolicies"]
        }
        for which in ("preview", "deploy")
    }
    assert attached == {"preview": {"SecurityAudit", "ViewOnlyAccess"}, "deploy": {"PowerUserAccess"}}


def _documents(simulation: Simulation) -> Iterator[Any]:
    for made in simulation.registered:
        if made.type.startswith("aws:iam/") and "policy" in made.inputs:
            yield from json.loads(made.inputs["policy"])["Statement"]


def test_no_action_is_a_wildcard_and_no_resource_without_a_reason(deployed: Simulation) -> None:
    found = list(_documents(deployed))
    assert len(found) > 15
    for statement in found:
        if statement["Sid"] == "ServicesOfOurs":
            continue
        assert not [action for action in statement["Action"] if "*" in action], statement["Sid"]
        if "*" in statement.get("Resource", ()):
            assert statement["Sid"] in DOCUMENTED


def test_without_a_repository_id_the_subject_alone_is_asked_for(cloud: Cloud) -> None:
    cloud.deploy(ci)
    assert set(trusted(cloud, "deploy")["Condition"]["StringEquals"]) == {f"{ISSUER}:aud", f"{ISSUER}:sub"}


def test_a_preview_reads_and_reads_no_secret(cloud: Cloud) -> None:
    cloud.deploy(lambda: ci(state=STATE))
    found = statements(cloud)
    assert found["StateFiles"]["Action"] == ["s3:GetObject"]
    assert found["StateFiles"]["Resource"] == ["arn:aws:s3:::state/.pulumi/*"]
    assert found["StateKey"]["Action"] == ["kms:Decrypt"]
    secrets = found["NoOtherSecrets"]
    assert (secrets["Effect"], secrets["Resource"]) == ("Deny", ["*"])
    assert secrets["Action"] == ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"]
    for statement in found.values():
        for action in statement["Action"] if statement["Effect"] == "Allow" else ():
            assert action.split(":")[1].startswith(("Describe", "Get", "List", "Decrypt")), action


def test_a_preview_looks_up_what_aws_shows_everybody(cloud: Cloud) -> None:
    cloud.deploy(ci)
    found = statements(cloud)
    assert found["LookUpImages"]["Resource"] == ["arn:aws:ssm:*::parameter/aws/service/*"]
    assert found["LookUpPrefixLists"]["Resource"] == ["arn:aws:ec2:*:aws:prefix-list/*"]


def test_the_boundary_names_every_service_of_our_policies() -> None:
    action = re.compile(r'"([a-z0-9-]+):[A-Z][A-Za-z]+"')
    named = {service for path in python_files("components") for service in action.findall(path.read_text())}
    assert {"s3", "ec2messages", "firehose"} <= named
    # What begins with aws is a condition.
    assert named - set(SERVICES) == {"aws"}


def test_the_deployment_may_hand_roles_to_every_service_of_our_trusts() -> None:
    trusting = re.compile(r'(?:trust|trusted_by)\(f?"([a-z0-9.-]+)\.(?:amazonaws\.com|\{)')
    named = {service for path in python_files("components") for service in trusting.findall(path.read_text())}
    assert {"ec2", "config", "lambda"} <= named
    assert named - {service.removesuffix(".amazonaws.com") for service in PASSED_TO} == set()


def test_a_preview_reads_named_secrets_and_no_other(cloud: Cloud) -> None:
    cloud.deploy(lambda: ci(preview_secret_arns=["arn:secret"]))
    found = statements(cloud)
    assert found["NamedSecrets"]["Resource"] == ["arn:secret"]
    assert "Resource" not in found["NoOtherSecrets"]
    assert found["NoOtherSecrets"]["NotResource"] == ["arn:secret"]


def test_a_deployment_writes_the_state_and_does_what_it_was_granted(cloud: Cloud) -> None:
    cloud.deploy(lambda: ci(state=STATE))
    found = statements(cloud, name=f"{NAME}-deploy")
    assert set(found) == {"ListState", "StateFiles", "StateKey", "Service"}
    assert found["StateFiles"]["Action"] == ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    assert (found["Service"]["Action"], found["Service"]["Resource"]) == (["ecs:UpdateService"], [SERVICE])


def test_a_deployment_makes_only_its_own_roles_with_their_boundary(cloud: Cloud) -> None:
    managed = ManagedRoles(
        prefix="la-prod-", boundary_arn="arn:boundary", passed_to=["ecs-tasks.amazonaws.com"]
    )
    cloud.deploy(lambda: ci(managed_roles=managed))
    found = statements(cloud, name=f"{NAME}-deploy-roles")
    roles = [f"arn:aws:iam::{ACCOUNT}:role/la-prod-*"]
    bound = {"StringEquals": {"iam:PermissionsBoundary": "arn:boundary"}}
    assert found["GiveOwnRoles"]["Resource"] == roles
    assert found["GiveOwnRoles"]["Condition"] == bound
    assert found["GiveOwnRoles"]["Action"] == [
        "iam:CreateRole",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
    ]
    assert found["PassOwnRoles"]["Resource"] == roles
    assert found["PassOwnRoles"]["Condition"] == {
        "StringEquals": {"iam:PassedToService": ["ecs-tasks.amazonaws.com"]}
    }
    boundary = found["NotTheBoundary"]
    assert (boundary["Effect"], boundary["Resource"]) == ("Deny", ["arn:boundary"])
    assert set(boundary["Action"]) == {
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
    }
    assert found["OwnProfiles"]["Resource"] == [f"arn:aws:iam::{ACCOUNT}:instance-profile/la-prod-*"]
    assert "iam:AddRoleToInstanceProfile" in found["OwnProfiles"]["Action"]
    attach = found["AttachKnownPolicies"]["Condition"]
    assert attach["StringEquals"] == bound["StringEquals"]
    assert f"arn:aws:iam::{ACCOUNT}:policy/la-prod-*" in attach["ArnLike"]["iam:PolicyARN"]
    assert not [arn for arn in attach["ArnLike"]["iam:PolicyARN"] if "Administrator" in arn]
    assert "iam:DeleteRolePermissionsBoundary" not in {
        action for statement in found.values() for action in statement["Action"]
    }


def test_the_boundary_keeps_what_no_policy_may_give(cloud: Cloud) -> None:
    cloud.deploy(ci)
    found = statements(cloud, "Policy", f"{NAME}-boundary")
    assert found["ServicesOfOurs"]["Action"] == [f"{service}:*" for service in SERVICES]
    assert "organizations" not in SERVICES
    denied = {sid: set(item["Action"]) for sid, item in found.items() if item["Effect"] == "Deny"}
    assert {"iam:CreateUser", "iam:CreateAccessKey"} <= denied["NoLastingCredentials"]
    assert {"cloudtrail:StopLogging", "guardduty:DeleteDetector"} <= denied["NoBlindingOfTheAudit"]
    assert "iam:DeleteRolePermissionsBoundary" in denied["NotTheirOwnRoles"]
    assert found["NotTheirOwnRoles"]["Resource"] == [
        f"arn:aws:iam::{ACCOUNT}:role/{NAME}-{which}" for which in ("preview", "deploy")
    ]
    assert found["NotTheirOwnBoundary"]["Resource"] == [f"arn:aws:iam::{ACCOUNT}:policy/{NAME}-boundary"]
    assert len(cloud.named("Policy", f"{NAME}-boundary").inputs["policy"]) <= 6144


def test_a_provider_and_a_boundary_that_exist_are_used(cloud: Cloud) -> None:
    cloud.deploy(lambda: ci(existing_provider_arn="arn:theirs", boundary_arn="arn:boundary"))
    assert cloud.of("OpenIdConnectProvider") == []
    assert cloud.of("Policy") == []
    assert trusted(cloud, "preview")["Principal"] == {"Federated": "arn:theirs"}
    assert {role.inputs["permissionsBoundary"] for role in cloud.of("Role")} == {"arn:boundary"}


@pytest.mark.parametrize(
    ("more", "roles"),
    [
        ({"environment": None, "deploy_grants": []}, [f"{NAME}-preview"]),
        ({"preview": False}, [f"{NAME}-deploy"]),
        ({}, [f"{NAME}-deploy", f"{NAME}-preview"]),
    ],
)
def test_each_role_can_be_left_out(cloud: Cloud, more: dict[str, Any], roles: list[str]) -> None:
    made = cloud.deploy(lambda: ci(**more))
    assert [role.name for role in cloud.of("Role")] == roles
    given = [made.deploy_role_arn, made.preview_role_arn]
    assert [arn is not None for arn in given] == [f"{NAME}-deploy" in roles, f"{NAME}-preview" in roles]


def test_every_role_of_a_program_can_be_bound() -> None:
    document = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    )
    theirs = "arn:aws:iam::aws:policy/ReadOnlyAccess"

    def program() -> None:
        boundary = aws.iam.Policy("boundary", name="boundary", policy=_EVERYTHING)
        bound_roles(boundary.arn)
        aws.iam.Role("ours", name="ours", assume_role_policy=document)
        aws.iam.Role("bound", name="bound", assume_role_policy=document, permissions_boundary=theirs)
        aws.sns.Topic("topic")

    simulation = Simulation()
    simulation.run(program)
    iam = simulation.client("iam")
    bounds = {
        name: iam.get_role(RoleName=name)["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"]
        for name in ("ours", "bound")
    }
    assert bounds == {"ours": f"arn:aws:iam::{ACCOUNT}:policy/boundary", "bound": theirs}


_EVERYTHING = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
)


@pytest.mark.proves("S4-43")
def test_a_branch_may_deploy_in_place_of_an_environment(cloud: Cloud) -> None:
    cloud.deploy(lambda: ci(environment=None, branch="main"))
    wanted = {f"{ISSUER}:aud": "sts.amazonaws.com", f"{ISSUER}:sub": "repo:acme/learning:ref:refs/heads/main"}
    assert trusted(cloud, "deploy")["Condition"] == {"StringEquals": wanted}
    assert cloud.named("Role", f"{NAME}-deploy").inputs["description"] == "Deploys the branch main"
