"""Who changes passwords: RDS, or a function of ours that lets two users take turns."""

import json

import pytest

from components.database import Database, Rotation
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
