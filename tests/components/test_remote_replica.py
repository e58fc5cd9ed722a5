"""A replica in another region, beside those that are here."""

import pulumi
import pulumi_aws as aws
import pytest

from components.database import NO_ROTATION, BackupRegion, CrossRegion, Events
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
