"""Who changes passwords: RDS, or a function of ours that lets two users take turns."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from components.database import Database, Proxy, Rotation
from components.database_rotation import archive
from simcloud.testing import Simulation
from tests.components.database_in_aws import NAME, database, deployed, inputs, made, one_instance
from tests.components.recording import Cloud
from tests.components.test_database import database_args


@pytest.fixture(scope="module")
def rotated() -> Simulation:
    return deployed(
        lambda given: _ignored(
            database(
                given,
                replicas=1,
                rotation=Rotation(days=30, function_subnet_ids=given["private_subnet_ids"]),
            )
        )
    )


def test_applications_get_a_secret_of_their_own_that_is_rotated(rotated: Simulation) -> None:
    secrets = rotated.client("secretsmanager")
    found = {secret["Name"].rsplit("-", 1)[0]: secret for secret in secrets.list_secrets()["SecretList"]}
    application, master = found[f"{NAME}-application"], found[f"{NAME}-credentials"]
    assert application["RotationEnabled"] is True
    assert application["RotationRules"]["AutomaticallyAfterDays"] == 30
    assert not master.get("RotationEnabled")
    assert application["RotationLambdaARN"].endswith(f":function:{NAME}-rotation")
    first = inputs(rotated, "secretsmanager/secretVersion:SecretVersion", f"{NAME}-application-value")
    assert json.loads(first["secretStringWo"])["username"] == "app_a"


def test_the_function_has_its_code_its_place_and_its_task(rotated: Simulation) -> None:
    function = rotated.client("lambda").get_function(FunctionName=f"{NAME}-rotation")["Configuration"]
    assert function["Handler"] == "components.rotation.handler.rotate"
    assert (function["Runtime"], function["Timeout"]) == ("python3.13", 60)
    assert len(function["VpcConfig"]["SubnetIds"]) == 3
    variables = function["Environment"]["Variables"]
    assert variables["DATABASE_HOST"] == one_instance(rotated)["Endpoint"]["Address"]
    assert (variables["DATABASE_ENGINE"], variables["DATABASE_NAME"]) == ("postgres", "app")
    assert ":secret:la-prod-database-credentials" in variables["MASTER_SECRET_ARN"]
    assert not any("password" in value.lower() for value in variables.values())


def test_the_functions_code_is_all_there() -> None:
    files = set(archive(None).assets)
    assert files == {
        "components/__init__.py",
        *(
            f"components/rotation/{name}.py"
            for name in ("__init__", "handler", "handover", "mysql", "postgres", "scram", "server", "stream")
        ),
    }
    assert set(archive("PEM").assets) - files == {"components/rotation/certificates.pem"}


def test_the_function_may_do_what_it_does_and_no_more(rotated: Simulation) -> None:
    policy = json.loads(inputs(rotated, "iam/rolePolicy:RolePolicy", f"{NAME}-rotation-policy")["policy"])
    by_sid = {statement["Sid"]: statement for statement in policy["Statement"]}
    assert by_sid["RenewTheSecret"]["Resource"][0].split(":secret:")[1].startswith(f"{NAME}-application")
    assert by_sid["ReadTheMaster"]["Action"] == ["secretsmanager:GetSecretValue"]
    assert all(resource != "*" for one in policy["Statement"] for resource in one["Resource"])
    permission = inputs(rotated, "lambda/permission:Permission", f"{NAME}-rotation-permission")
    assert permission["principal"] == "secretsmanager.amazonaws.com"
    assert ":secret:la-prod-database-application" in permission["sourceArn"]


def test_lambda_may_take_the_functions_role(rotated: Simulation) -> None:
    role = json.loads(inputs(rotated, "iam/role:Role", f"{NAME}-rotation")["assumeRolePolicy"])
    [statement] = role["Statement"]
    assert (statement["Principal"], statement["Action"]) == (
        {"Service": "lambda.amazonaws.com"},
        "sts:AssumeRole",
    )


def test_the_function_reaches_the_database_and_https(rotated: Simulation) -> None:
    rules = "vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    ours = [name for name in made(rotated, rules) if "rotation" in name]
    assert ours == [f"{NAME}-from-rotation-5432-egress", f"{NAME}-rotation-to-world-443"]


def test_the_first_password_is_not_made_before_there_is_a_way(cloud: Cloud) -> None:
    place = Rotation(function_subnet_ids=["subnet-p"])
    cloud.deploy(lambda: Database(NAME, database_args(replicas=1, rotation=place)))
    function = cloud.one("Function")
    way = f"{NAME}-from-rotation-5432"
    assert {f"{way}-egress", f"{way}-ingress", f"{NAME}-rotation-to-world-443"} <= set(function.after)


@pytest.fixture(scope="module")
def proxied() -> Simulation:
    return deployed(
        lambda given: _ignored(
            database(
                given,
                replicas=1,
                rotation=Rotation(function_subnet_ids=given["private_subnet_ids"]),
                proxy=Proxy(),
            )
        )
    )


def test_a_proxy_knows_both_users_by_secrets_that_the_function_fills(proxied: Simulation) -> None:
    secrets, rds = proxied.client("secretsmanager"), proxied.client("rds")
    found = {
        secret["Name"].rsplit("-", 1)[0]: secret["ARN"] for secret in secrets.list_secrets()["SecretList"]
    }
    logins = [found[f"{NAME}-login-a"], found[f"{NAME}-login-b"]]
    [proxy] = rds.describe_db_proxies()["DBProxies"]
    assert [auth["SecretArn"] for auth in proxy["Auth"]] == logins
    variables = proxied.client("lambda").get_function(FunctionName=f"{NAME}-rotation")["Configuration"]
    told = json.loads(variables["Environment"]["Variables"]["LOGIN_SECRET_ARNS"])
    assert told == dict(zip(("app_a", "app_b"), logins, strict=True))
    # Empty at first: nothing of ours writes a value that the function would have to fight.
    assert all(not secrets.list_secret_version_ids(SecretId=arn)["Versions"] for arn in logins)


def test_who_may_read_and_fill_the_proxys_secrets(proxied: Simulation) -> None:
    fills = json.loads(inputs(proxied, "iam/rolePolicy:RolePolicy", f"{NAME}-rotation-policy")["policy"])
    reads = json.loads(inputs(proxied, "iam/rolePolicy:RolePolicy", f"{NAME}-proxy-reads-secret")["policy"])
    filled, read = by_sid(fills)["FillTheProxys"], by_sid(reads)["ReadTheSecret"]
    assert filled["Action"] == ["secretsmanager:PutSecretValue"]
    assert read["Resource"] == filled["Resource"]
    assert [arn.split(":secret:")[1].rsplit("-", 2)[0] for arn in read["Resource"]] == [
        f"{NAME}-login-a",
        f"{NAME}-login-b",
    ]


def by_sid(policy: Mapping[str, Any]) -> Mapping[str, Any]:
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_without_a_proxy_nothing_is_made_for_one(rotated: Simulation) -> None:
    secrets = made(rotated, "secretsmanager/secret:Secret")
    assert secrets == [f"{NAME}-application", f"{NAME}-credentials"]
    function = inputs(rotated, "lambda/function:Function", f"{NAME}-rotation")
    assert "LOGIN_SECRET_ARNS" not in function["environment"]["variables"]


def test_rds_rotates_its_own_secret_in_our_rhythm() -> None:
    simulation = deployed(lambda given: _ignored(database(given, rotation=Rotation(days=14))))
    secret = one_instance(simulation)["MasterUserSecret"]["SecretArn"]
    asked = inputs(simulation, "secretsmanager/secretRotation:SecretRotation", f"{NAME}-rotation-schedule")
    assert (asked["secretId"], asked["rotateImmediately"]) == (secret, False)
    assert asked["rotationRules"] == {"automaticallyAfterDays": 14}
    assert "rotationLambdaArn" not in asked
    assert made(simulation, "lambda/function:Function") == []


def _ignored(_made: object) -> None:
    return None
