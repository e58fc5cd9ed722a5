"""Replicas here and in another region, and applications that are two users in turn."""

import json

import pulumi
import pulumi_aws as aws
import pytest

from components.database import BackupRegion, CrossRegion, Events, Rotation
from components.database_rotation import archive
from simcloud.testing import Simulation
from tests.components.database_in_aws import (
    NAME,
    Given,
    database,
    deployed,
    inputs,
    made,
    one_instance,
    service_group,
)
from tests.components.peer import Peer

FAR = "eu-west-1"


@pytest.fixture(scope="module")
def spread() -> Simulation:
    def program(given: Given) -> None:
        vpc = aws.ec2.Vpc("far", region=FAR, cidr_block="10.9.0.0/16")
        subnets = [
            aws.ec2.Subnet(
                f"far-{zone}",
                region=FAR,
                vpc_id=vpc.id,
                cidr_block=f"10.9.{number}.0/24",
                availability_zone=f"{FAR}{zone}",
            ).id
            for number, zone in enumerate("ab")
        ]
        places = pulumi.Output.all(*subnets)
        key = aws.kms.Key("far-key", region=FAR).arn
        topic = aws.sns.Topic("alarms")
        somebody = aws.ec2.SecurityGroup("far-service", region=FAR, vpc_id=vpc.id)
        made = database(
            given,
            replicas=2,
            protect=True,
            parameters={"shared_buffers": "256MB"},
            rotation=Rotation(days=30, function_subnet_ids=given["private_subnet_ids"]),
            cross_region=CrossRegion(region=FAR, vpc_id=vpc.id, subnet_ids=places, kms_key_arn=key),
            backup_region=BackupRegion(region=FAR, kms_key_arn=key, retention_days=14),
            events=Events(topic_arn=topic.arn, categories=["failover"]),
        )
        assert made.remote_replica is not None

        class Somebody(Peer):
            @property
            def security_group_id(self) -> pulumi.Output[str]:
                return somebody.id

        made.remote_replica.allow_from(Somebody("far-service"))
        made.allow_from(service_group(given, "la-prod-web"))

    return deployed(program)


def test_a_replica_in_another_region_has_everything_there(spread: Simulation) -> None:
    found = one_instance(spread, f"{NAME}-{FAR}", FAR)
    assert found["DBInstanceArn"] == f"arn:aws:rds:{FAR}:123456789012:db:{NAME}-{FAR}"
    assert found["ReadReplicaSourceDBInstanceIdentifier"] == (
        f"arn:aws:rds:us-east-1:123456789012:db:{NAME}-primary"
    )
    assert (found["StorageEncrypted"], found["PubliclyAccessible"]) == (True, False)
    assert f":kms:{FAR}:" in found["KmsKeyId"]
    groups = spread.client("logs", FAR).describe_log_groups()["logGroups"]
    assert sorted(group["logGroupName"] for group in groups) == [
        f"/aws/rds/instance/{NAME}-{FAR}/{log}" for log in ("postgresql", "upgrade")
    ]
    [parameters] = found["DBParameterGroups"]
    values = spread.client("rds", FAR).describe_db_parameters(
        DBParameterGroupName=parameters["DBParameterGroupName"]
    )["Parameters"]
    assert {"rds.force_ssl": "1", "shared_buffers": "32768"}.items() <= {
        one["ParameterName"]: one.get("ParameterValue") for one in values
    }.items()


def test_no_child_of_the_far_replica_is_here(spread: Simulation) -> None:
    [component] = spread.of_type("plinth:database:RemoteReplica")
    children = [item for item in spread.registered if item.parent == component.urn]
    assert {item.inputs.get("region") for item in children} == {FAR}
    assert len(children) == 8


def test_only_the_named_peer_reaches_the_far_replica(spread: Simulation) -> None:
    found = one_instance(spread, f"{NAME}-{FAR}", FAR)
    [group] = [one["VpcSecurityGroupId"] for one in found["VpcSecurityGroups"]]
    [described] = spread.client("ec2", FAR).describe_security_groups(GroupIds=[group])["SecurityGroups"]
    [permission] = described["IpPermissions"]
    assert (permission["FromPort"], permission["IpRanges"]) == (5432, [])
    assert len(permission["UserIdGroupPairs"]) == 1
    assert described["IpPermissionsEgress"] == []


def test_backups_are_copied_to_the_other_region(spread: Simulation) -> None:
    [copy] = spread.client("rds", FAR).describe_db_instance_automated_backups()["DBInstanceAutomatedBackups"]
    assert copy["DBInstanceArn"] == f"arn:aws:rds:us-east-1:123456789012:db:{NAME}-primary"
    assert copy["BackupRetentionPeriod"] == 14


def test_applications_get_a_secret_of_their_own_that_is_rotated(spread: Simulation) -> None:
    secrets = spread.client("secretsmanager")
    found = {secret["Name"].rsplit("-", 1)[0]: secret for secret in secrets.list_secrets()["SecretList"]}
    application, master = found[f"{NAME}-application"], found[f"{NAME}-credentials"]
    assert application["RotationEnabled"] is True
    assert application["RotationRules"]["AutomaticallyAfterDays"] == 30
    assert not master.get("RotationEnabled")
    assert application["RotationLambdaARN"].endswith(f":function:{NAME}-rotation")
    first = inputs(spread, "secretsmanager/secretVersion:SecretVersion", f"{NAME}-application-value")
    assert json.loads(first["secretStringWo"])["username"] == "app_a"


def test_the_function_has_its_code_its_place_and_its_task(spread: Simulation) -> None:
    function = spread.client("lambda").get_function(FunctionName=f"{NAME}-rotation")["Configuration"]
    assert function["Handler"] == "components.rotation.handler.rotate"
    assert (function["Runtime"], function["Timeout"]) == ("python3.13", 60)
    assert len(function["VpcConfig"]["SubnetIds"]) == 3
    variables = function["Environment"]["Variables"]
    assert variables["DATABASE_HOST"] == one_instance(spread)["Endpoint"]["Address"]
    assert (variables["DATABASE_ENGINE"], variables["DATABASE_NAME"]) == ("postgres", "app")
    assert ":secret:la-prod-database-credentials" in variables["MASTER_SECRET_ARN"]
    assert not any("password" in value.lower() for value in variables.values())


def test_the_functions_code_is_all_there() -> None:
    files = set(archive(None).assets)
    assert files == {
        "components/__init__.py",
        *(
            f"components/rotation/{name}.py"
            for name in ("__init__", "handler", "mysql", "postgres", "scram", "server", "stream")
        ),
    }
    assert set(archive("PEM").assets) - files == {"components/rotation/certificates.pem"}


def test_the_function_may_do_what_it_does_and_no_more(spread: Simulation) -> None:
    policy = json.loads(inputs(spread, "iam/rolePolicy:RolePolicy", f"{NAME}-rotation-policy")["policy"])
    by_sid = {statement["Sid"]: statement for statement in policy["Statement"]}
    assert by_sid["RenewTheSecret"]["Resource"][0].split(":secret:")[1].startswith(f"{NAME}-application")
    assert by_sid["ReadTheMaster"]["Action"] == ["secretsmanager:GetSecretValue"]
    assert all(resource != "*" for one in policy["Statement"] for resource in one["Resource"])
    permission = inputs(spread, "lambda/permission:Permission", f"{NAME}-rotation-permission")
    assert permission["principal"] == "secretsmanager.amazonaws.com"
    assert ":secret:la-prod-database-application" in permission["sourceArn"]


def test_the_function_reaches_the_database_and_https(spread: Simulation) -> None:
    rules = "vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    ours = [name for name in made(spread, rules) if "rotation" in name]
    assert ours == [f"{NAME}-from-rotation-5432-egress", f"{NAME}-rotation-to-world-443"]


def test_events_of_every_instance_here(spread: Simulation) -> None:
    [found] = spread.client("rds").describe_event_subscriptions()["EventSubscriptionsList"]
    assert sorted(found["SourceIdsList"]) == [
        f"{NAME}-{role}" for role in ("primary", "replica-1", "replica-2")
    ]
    assert found["EventCategoriesList"] == ["failover"]
