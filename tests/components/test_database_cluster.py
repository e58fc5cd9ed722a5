"""A Multi-AZ DB cluster behind a proxy."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from components.database import NO_ROTATION, Credentials, Engine, Events, Proxy, Restore, Workload
from simcloud.testing import Simulation
from tests.components.database_in_aws import NAME, Given, database, deployed, inputs, made, service_group
from tests.components.recording import Cloud
from tests.components.test_database import deploy


@pytest.fixture(scope="module")
def cluster() -> Simulation:
    def program(given: Given) -> None:
        topic = aws.sns.Topic("alarms")
        made = database(
            given,
            multi_az=True,
            failover_seconds=60,
            instance_class="db.r6gd.large",
            max_storage_gb=100,
            engine_version="16",
            monitoring_interval_seconds=60,
            iam_authentication=True,
            proxy=Proxy(iam=True),
            events=Events(topic_arn=topic.arn),
        )
        made.allow_from(service_group(given, "la-prod-web"))
        made.grant_connect(aws.iam.Role("web", assume_role_policy=_trust()).name, "web", "shop")
        pulumi.export("said", made.survival.reason)

    return deployed(program)


CLUSTER: dict[str, Any] = {
    "multi_az": True,
    "failover_seconds": 60,
    "instance_class": "db.r6gd.large",
    "max_storage_gb": 100,
}


def _trust() -> str:
    principal = {"Service": "ecs-tasks.amazonaws.com"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_three_servers_in_three_zones(cluster: Simulation) -> None:
    [found] = cluster.client("rds").describe_db_clusters()["DBClusters"]
    assert (found["DBClusterIdentifier"], found["Engine"]) == (NAME, "postgres")
    assert found["DBClusterInstanceClass"] == "db.r6gd.large"
    assert len(found["DBClusterMembers"]) == 3
    members = cluster.client("rds").describe_db_instances()["DBInstances"]
    assert len({member["AvailabilityZone"] for member in members}) == 3
    assert made(cluster, "rds/instance:Instance") == []


def test_the_cluster_is_private_encrypted_kept_and_watched(cluster: Simulation) -> None:
    [found] = cluster.client("rds").describe_db_clusters()["DBClusters"]
    assert (found["StorageEncrypted"], found["StorageType"], found["AllocatedStorage"]) == (True, "gp3", 100)
    assert (found["BackupRetentionPeriod"], found["DeletionProtection"]) == (7, True)
    assert found["CopyTagsToSnapshot"] is True
    assert found["IAMDatabaseAuthenticationEnabled"] is True
    asked = inputs(cluster, "rds/cluster:Cluster", NAME)
    assert asked["manageMasterUserPassword"] is True
    assert asked["finalSnapshotIdentifier"] == f"{NAME}-final"
    assert (asked["performanceInsightsEnabled"], asked["monitoringInterval"]) == (True, 60)
    assert asked["enabledCloudwatchLogsExports"] == ["postgresql", "upgrade"]
    assert not {"masterPasswordWo", "availabilityZones", "replicationSourceIdentifier"} & set(asked)


def test_the_cluster_forces_tls(cluster: Simulation) -> None:
    rds = cluster.client("rds")
    [found] = rds.describe_db_clusters()["DBClusters"]
    group = found["DBClusterParameterGroup"]
    assert group.startswith(f"{NAME}-postgres16")
    parameters = rds.describe_db_cluster_parameters(DBClusterParameterGroupName=group)["Parameters"]
    values = {one["ParameterName"]: one.get("ParameterValue") for one in parameters}
    assert values["rds.force_ssl"] == "1"


def test_the_cluster_logs_into_groups_with_an_end(cluster: Simulation) -> None:
    groups = cluster.client("logs").describe_log_groups(logGroupNamePrefix="/aws/rds/")["logGroups"]
    assert {group["logGroupName"]: group["retentionInDays"] for group in groups} == {
        f"/aws/rds/cluster/{NAME}/postgresql": 30,
        f"/aws/rds/cluster/{NAME}/upgrade": 30,
        f"/aws/rds/proxy/{NAME}-proxy": 30,
    }


def test_the_proxy_takes_tls_and_iam_only_and_knows_the_secret(cluster: Simulation) -> None:
    rds = cluster.client("rds")
    [proxy] = rds.describe_db_proxies()["DBProxies"]
    assert (proxy["DBProxyName"], proxy["EngineFamily"], proxy["RequireTLS"]) == (
        f"{NAME}-proxy",
        "POSTGRESQL",
        True,
    )
    [auth] = proxy["Auth"]
    [found] = rds.describe_db_clusters()["DBClusters"]
    assert (auth["IAMAuth"], auth["AuthScheme"]) == ("REQUIRED", "SECRETS")
    assert auth["SecretArn"] == found["MasterUserSecret"]["SecretArn"]
    [group] = rds.describe_db_proxy_target_groups(DBProxyName=f"{NAME}-proxy")["TargetGroups"]
    pool = group["ConnectionPoolConfig"]
    assert (pool["MaxConnectionsPercent"], pool["MaxIdleConnectionsPercent"]) == (90, 45)
    assert pool["ConnectionBorrowTimeout"] == 30
    assert (
        inputs(cluster, "rds/proxyTarget:ProxyTarget", f"{NAME}-proxy-target")["dbClusterIdentifier"] == NAME
    )


def test_the_proxys_role_reads_one_secret(cluster: Simulation) -> None:
    policy = json.loads(inputs(cluster, "iam/rolePolicy:RolePolicy", f"{NAME}-proxy-reads-secret")["policy"])
    read, decrypt = policy["Statement"]
    [found] = cluster.client("rds").describe_db_clusters()["DBClusters"]
    assert (read["Action"], read["Resource"]) == (
        ["secretsmanager:GetSecretValue"],
        [found["MasterUserSecret"]["SecretArn"]],
    )
    assert decrypt["Action"] == ["kms:Decrypt"]
    assert decrypt["Condition"] == {
        "StringEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}
    }


def test_clients_reach_the_proxy_and_the_readers(cluster: Simulation) -> None:
    # The readers of a cluster are behind no proxy; its security group is theirs and the writer's.
    assert made(cluster, "vpc/securityGroupIngressRule:SecurityGroupIngressRule") == [
        f"{NAME}-from-proxy-5432-ingress",
        f"{NAME}-from-web-5432-ingress",
        f"{NAME}-proxy-from-web-5432-ingress",
    ]


def test_iam_grants_go_to_the_proxy(cluster: Simulation) -> None:
    policy = json.loads(inputs(cluster, "iam/rolePolicy:RolePolicy", f"{NAME}-connect-web")["policy"])
    [statement] = policy["Statement"]
    [proxy] = cluster.client("rds").describe_db_proxies()["DBProxies"]
    resource = proxy["DBProxyArn"].rsplit(":", 1)[-1]
    assert statement["Action"] == ["rds-db:connect"]
    assert statement["Resource"] == [f"arn:aws:rds-db:us-east-1:123456789012:dbuser:{resource}/shop"]


def test_events_of_servers_and_cluster_are_told(cluster: Simulation) -> None:
    found = cluster.client("rds").describe_event_subscriptions()["EventSubscriptionsList"]
    by_type = {one["SourceType"]: one for one in found}
    assert sorted(by_type["db-instance"]["SourceIdsList"]) == [f"{NAME}-instance-{n}" for n in (1, 2, 3)]
    assert "low storage" in by_type["db-instance"]["EventCategoriesList"]
    assert by_type["db-cluster"]["SourceIdsList"] == [NAME]
    assert sorted(by_type["db-cluster"]["EventCategoriesList"]) == ["failover", "failure", "maintenance"]


@pytest.mark.proves("S2-17")
def test_a_cluster_of_mysql() -> None:
    def program(given: Given) -> None:
        database(
            given,
            engine=Engine.MYSQL,
            engine_version="8.0",
            multi_az=True,
            failover_seconds=35,
            instance_class="db.m6gd.large",
            max_storage_gb=100,
            workload=Workload.WRITES,
            credentials=Credentials.SECRET,
            rotation=NO_ROTATION,
        )

    simulation = deployed(program)
    asked = inputs(simulation, "rds/cluster:Cluster", NAME)
    assert (asked["engine"], asked["port"], asked["masterPasswordWoVersion"]) == ("mysql", 3306, 1)
    parameters = inputs(simulation, "rds/clusterParameterGroup:ClusterParameterGroup", f"{NAME}-mysql8-0")
    values = {one["name"]: one["value"] for one in parameters["parameters"]}
    assert (values["require_secure_transport"], values["innodb_redo_log_capacity"]) == ("1", "4294967296")


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2026-11-05T12:00:00Z", {"restoreToTime": "2026-11-05T12:00:00Z"}),
        (None, {"useLatestRestorableTime": True}),
    ],
)
def test_a_cluster_begins_at_a_point_in_time_of_another(
    cloud: Cloud, time: str | None, expected: dict[str, Any]
) -> None:
    deploy(cloud, **CLUSTER, restore=Restore(source_identifier="old", time=time))
    asked = cloud.one("Cluster").inputs
    assert asked["restoreToPointInTime"] == {"sourceClusterIdentifier": "old", **expected}
    assert not {"databaseName", "masterUsername"} & set(asked)


def test_a_cluster_begins_as_a_snapshot(cloud: Cloud) -> None:
    deploy(cloud, **CLUSTER, restore=Restore(snapshot_identifier="before"))
    assert cloud.one("Cluster").inputs["snapshotIdentifier"] == "before"
