"""A replica in another region, beside those that are here."""

import pulumi
import pulumi_aws as aws
import pytest

from components.database import NO_ROTATION, BackupRegion, CrossRegion, Events, Followed
from components.errors import ComponentError
from components.remote_replica import RemoteReplica, RemoteReplicaArgs
from simcloud.testing import Simulation
from tests.components.database_in_aws import (
    NAME,
    Given,
    database,
    deployed,
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
            rotation=NO_ROTATION,
            parameters={"shared_buffers": "256MB"},
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


@pytest.mark.proves("S1-58")
def test_backups_are_copied_to_the_other_region(spread: Simulation) -> None:
    [copy] = spread.client("rds", FAR).describe_db_instance_automated_backups()["DBInstanceAutomatedBackups"]
    assert copy["DBInstanceArn"] == f"arn:aws:rds:us-east-1:123456789012:db:{NAME}-primary"
    assert copy["BackupRetentionPeriod"] == 14


def test_events_of_every_instance_here(spread: Simulation) -> None:
    [found] = spread.client("rds").describe_event_subscriptions()["EventSubscriptionsList"]
    assert sorted(found["SourceIdsList"]) == [
        f"{NAME}-{role}" for role in ("primary", "replica-1", "replica-2")
    ]
    assert found["EventCategoriesList"] == ["failover"]


def _far_place() -> CrossRegion:
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
    key = aws.kms.Key("far-key", region=FAR).arn
    return CrossRegion(region=FAR, vpc_id=vpc.id, subnet_ids=pulumi.Output.all(*subnets), kms_key_arn=key)


def test_a_replica_that_another_stack_makes_logs_in_with_the_copied_secret() -> None:
    found: dict[str, str] = {}

    def program(given: Given) -> None:
        place = _far_place()
        made = database(
            given, rotation=NO_ROTATION, followed=Followed(region=FAR, kms_key_arn=place.kms_key_arn)
        )
        assert made.credentials.credentials == "secret"
        replica = RemoteReplica(
            "la-prod2-database",
            RemoteReplicaArgs(
                like=made._args,
                place=place,
                primary_arn=made.arn,
                secret=made.secret_copy,
            ),
        )
        pulumi.Output.all(replica.secret.arn, replica.secret.kms_key_arn, made.secret.arn).apply(
            lambda known: found.update(copy=known[0], key=known[1], own=known[2])
        )

    simulation = deployed(program)
    assert found["copy"] == found["own"].replace("us-east-1", FAR)
    copied = simulation.client("secretsmanager", FAR).describe_secret(SecretId=found["copy"])
    assert (copied["PrimaryRegion"], copied["KmsKeyId"]) == ("us-east-1", found["key"])
    replica = one_instance(simulation, "la-prod2-database", FAR)
    assert replica["ReadReplicaSourceDBInstanceIdentifier"].endswith(f":db:{NAME}-primary")


def test_a_replica_without_a_secret_says_so() -> None:
    def program(given: Given) -> None:
        place = _far_place()
        made = database(given, rotation=NO_ROTATION, replicas=1)
        args = RemoteReplicaArgs(like=made._args, place=place, primary_arn=made.arn)
        with pytest.raises(ComponentError, match="nobody said where the password of the replica's users"):
            _ = RemoteReplica("la-prod2-database", args).secret

    deployed(program)


def test_a_cluster_cannot_be_followed() -> None:
    def program(given: Given) -> None:
        with pytest.raises(ComponentError, match="it cannot have a replica that another stack makes"):
            database(
                given,
                instance_class="db.m6gd.large",
                multi_az=True,
                failover_seconds=60,
                max_storage_gb=100,
                storage_gb=100,
                rotation=NO_ROTATION,
                followed=Followed(region=FAR, kms_key_arn="key"),
            )

    deployed(program)
