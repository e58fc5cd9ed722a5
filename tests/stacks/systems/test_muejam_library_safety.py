"""The MueJam Library's secrets, network, backups and costs, held against its document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.components.reachability import survey
from tests.stacks.systems.muejam_library import backend, cache, container, databases, distributions, secrets
from tests.stacks.systems.standing import System, standing


@pytest.fixture
def production() -> System:
    return standing("muejam-library-production")


@pytest.mark.proves("S4-17")
def test_the_policy_is_the_document_s_to_the_letter(production: System) -> None:
    iam, arn = production.client("iam"), production.outputs["secret_read_policy_arn"]
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    assert iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"] == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                "Resource": "arn:aws:secretsmanager:*:*:secret:muejam/*",
            }
        ],
    }
    # Nobody of the stack has it: the roles read exact secrets.
    assert iam.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"] == []


@pytest.mark.proves("S4-40")
def test_every_secret_lies_in_secrets_manager_and_is_given_by_reference(production: System) -> None:
    manager = production.client("secretsmanager")
    stored = {one["ARN"]: one["Name"] for one in manager.list_secrets()["SecretList"]}
    given = {name: _secret(stored, reference) for name, reference in secrets(production).items()}
    assert {name: secret for name, secret in given.items() if secret.startswith("muejam/")} == {
        "ENCRYPTION_KEY": "muejam/production/encryption",
        "JWT_KEY": "muejam/production/jwt",
        "NEW_RELIC_LICENSE_KEY": "muejam/production/new-relic",
        "SECRET_KEY": "muejam/production/django",
        "SENTRY_DSN": "muejam/production/sentry",
    }
    assert given["DATABASE_PASSWORD"] == given["DATABASE_USERNAME"]
    assert given["DATABASE_PASSWORD"].startswith("muejam-prod-database-application-")
    assert given["REDIS_TOKEN"].startswith("muejam-prod-cache-token-")
    # Not one of those that have a value stands in the open.
    values = {_value(manager, _whole(reference)) for reference in secrets(production).values()} - {""}
    assert len(values) == 2, "the database's and the cache's"
    plain = json.dumps(container(production)["environment"])
    assert not [value for value in values if value in plain]


@pytest.mark.proves("S4-43")
def test_nobody_has_a_lasting_credential(production: System) -> None:
    iam = production.client("iam")
    assert iam.list_users()["Users"] == []
    for role in iam.list_roles()["Roles"]:
        [statement] = role["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Principal"].keys() <= {"Service", "Federated"}, role["RoleName"]


@pytest.mark.proves("S4-43")
def test_workflows_deploy_from_the_main_branch_and_nowhere_else(production: System) -> None:
    role = production.client("iam").get_role(RoleName=production.outputs["deploy_role_arn"].split("/")[-1])[
        "Role"
    ]
    [statement] = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Condition"] == {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:muejam/library:ref:refs/heads/main",
        }
    }


@pytest.mark.proves("S4-43")
def test_the_backend_may_do_what_it_is_for(production: System) -> None:
    """Two roles of its own; every action is named, and but for a login to the registry every resource too."""
    roles = [role for role in _roles(production) if role.startswith("muejam-prod-backend-")]
    assert len(roles) == 2
    statements = [one for role in roles for one in _statements(production, role)]
    assert statements
    for one in statements:
        assert not [action for action in _listed(one["Action"]) if "*" in action], one
        if "*" in _listed(one["Resource"]):
            assert one["Action"] in ("ecr:GetAuthorizationToken", ["ecr:GetAuthorizationToken"])


@pytest.mark.proves("S4-43")
def test_the_database_s_password_changes_every_month(production: System) -> None:
    arn = production.outputs["database_secret_arn"]
    secret = production.client("secretsmanager").describe_secret(SecretId=arn)
    assert (secret["RotationEnabled"], secret["RotationRules"]["AutomaticallyAfterDays"]) == (True, 30)
    rotation = secret["RotationLambdaARN"].split(":")[-1]
    assert (
        production.client("lambda").get_function(FunctionName=rotation)["Configuration"]["State"] == "Active"
    )


@pytest.mark.proves("S4-41")
def test_only_the_backend_reaches_the_data_and_only_cloudfront_the_door(production: System) -> None:
    opened = survey(production.simulation, "muejam-prod").matrix()
    assert {
        pair: ports
        for pair, ports in opened.items()
        if pair[1] in ("database", "cache", "backend", "gateway")
    } == {
        ("gateway", "backend"): "8000",
        ("backend", "database"): "5432",
        ("backend", "cache"): "6379",
    }
    assert [instance["PubliclyAccessible"] for instance in databases(production)] == [False, False, False]
    network = backend(production)["networkConfiguration"]["awsvpcConfiguration"]
    assert network["assignPublicIp"] == "DISABLED"
    ec2 = production.client("ec2")
    subnets = ec2.describe_subnets(SubnetIds=network["subnets"])["Subnets"]
    assert [subnet["MapPublicIpOnLaunch"] for subnet in subnets] == [False] * 3
    assert {subnet["VpcId"] for subnet in subnets} == {production.outputs["vpc_id"]}


@pytest.mark.proves("S4-42")
def test_a_firewall_stands_before_both_doors(production: System) -> None:
    firewalls = production.client("wafv2", "us-east-1")
    found = {one["ARN"]: one for one in firewalls.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]}
    for distribution in distributions(production).values():
        acl = found[distribution["WebACLId"]]
        rules = firewalls.get_web_acl(Name=acl["Name"], Id=acl["Id"], Scope="CLOUDFRONT")["WebACL"]["Rules"]
        [limit] = [rule for rule in rules if "RateBasedStatement" in rule["Statement"]]
        assert (limit["Statement"]["RateBasedStatement"]["AggregateKeyType"], "Block" in limit["Action"]) == (
            "IP",
            True,
        )
        managed = [rule["Statement"].get("ManagedRuleGroupStatement", {}).get("Name") for rule in rules]
        assert "AWSManagedRulesAmazonIpReputationList" in managed


@pytest.mark.proves("S4-42")
def test_every_connection_is_encrypted(production: System) -> None:
    for distribution in distributions(production).values():
        behaviours = [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]["Items"]]
        assert {one["ViewerProtocolPolicy"] for one in behaviours} == {"redirect-to-https"}
        assert distribution["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    [app] = distributions(production)["api.muejam.app"]["Origins"]["Items"]
    assert app["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    elb = production.client("elbv2")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    listeners = {
        one["Port"]: one
        for one in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    }
    assert listeners.keys() == {80, 443}
    groups = elb.describe_target_groups()["TargetGroups"]
    assert {(one["Protocol"], one["HealthCheckProtocol"]) for one in groups} == {("HTTPS", "HTTPS")}
    assert listeners[443]["Protocol"] == "HTTPS"
    [redirect] = listeners[80]["DefaultActions"]
    assert (redirect["Type"], redirect["RedirectConfig"]["Protocol"]) == ("redirect", "HTTPS")
    assert _parameter(production, "rds.force_ssl") == "1"
    assert cache(production)["TransitEncryptionEnabled"] is True
    for bucket in production.client("s3").list_buckets()["Buckets"]:
        assert _refuses_plain_http(production, bucket["Name"]), bucket["Name"]


def _secret(stored: Mapping[str, str], reference: str) -> str:
    return stored[_whole(reference)]


def _whole(reference: str) -> str:
    """The secret's ARN, without the field that follows it."""
    return ":".join(reference.split(":")[:7])


def _value(manager: Any, arn: str) -> str:
    """What was drawn at random; nothing where people have yet to fill it in."""
    if not manager.describe_secret(SecretId=arn).get("VersionIdsToStages"):
        return ""
    fields = json.loads(manager.get_secret_value(SecretId=arn)["SecretString"])
    return str(fields.get("password") or fields["auth_token"])


def _roles(system: System) -> list[str]:
    return [str(role["RoleName"]) for role in system.client("iam").list_roles()["Roles"]]


def _statements(system: System, role: str) -> Iterator[Mapping[str, Any]]:
    iam = system.client("iam")
    assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        yield from iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]["Statement"]


def _listed(one: str | list[str]) -> list[str]:
    return [one] if isinstance(one, str) else one


def _parameter(system: System, name: str) -> str:
    [group] = databases(system)[0]["DBParameterGroups"]
    listed = system.client("rds").describe_db_parameters(DBParameterGroupName=group["DBParameterGroupName"])
    [value] = [one["ParameterValue"] for one in listed["Parameters"] if one["ParameterName"] == name]
    return str(value)


def _refuses_plain_http(system: System, bucket: str) -> bool:
    policy = json.loads(system.client("s3").get_bucket_policy(Bucket=bucket)["Policy"])
    return any(
        one["Effect"] == "Deny" and one.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
        for one in policy["Statement"]
    )
