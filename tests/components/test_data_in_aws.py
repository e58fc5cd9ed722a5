"""What AWS holds after data, compute and watching components were deployed together."""

import json
from typing import Any

import pytest

from components.alarms import Alarms, AlarmsArgs
from components.cache import Cache
from components.cluster import Cluster, ClusterArgs
from components.database import Database, Rotation
from components.key import Key, KeyArgs
from components.network import Network, NetworkArgs
from components.observability import Observability, ObservabilityArgs
from components.registry import Registry, RegistryArgs
from components.secrets import Secrets, SecretsArgs
from components.service import Scaling, Service, ServiceArgs
from simcloud.testing import Simulation
from tests.components.test_cache import cache_args
from tests.components.test_database import database_args


def program() -> None:
    """A small production: everything of ours, without the entrance."""
    key = Key("la-prod-key", KeyArgs(alias="la-prod", description="Data"))
    network = Network("la-prod-network", NetworkArgs(cidr_block="10.0.0.0/16", kms_key_arn=key.arn))
    place: dict[str, Any] = {
        "vpc_id": network.vpc_id,
        "subnet_ids": network.database_subnet_ids,
        "kms_key_arn": key.arn,
    }
    secrets = Secrets("la-prod-secrets", SecretsArgs(path="la/prod", names={"openai": "Model"}))
    zones = network.availability_zones
    settings = {"max_connections": "200", "shared_buffers": "256MB"}
    database = Database(
        "la-prod-database",
        database_args(
            **place,
            availability_zones=zones,
            replicas=2,
            rotation=Rotation(function_subnet_ids=network.private_subnet_ids),
            parameters=settings,
            monitoring_interval_seconds=60,
        ),
    )
    cache = Cache("la-prod-cache", cache_args(**place, replicas=1))
    cluster = Cluster("la-prod", ClusterArgs())
    registry = Registry("la-prod-images", RegistryArgs(kms_key_arn=key.arn))
    service = Service(
        "la-prod-web",
        ServiceArgs(
            cluster=cluster,
            registry=registry,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            image=registry.url,
            port=3000,
            cpu=512,
            memory=1024,
            environment={"DATABASE_HOST": database.endpoint},
            secrets={
                "DATABASE_PASSWORD": database.secret.field("password"),
                "REDIS_TOKEN": cache.secret,
                "OPENAI_API_KEY": secrets.ref("openai"),
            },
            scaling=Scaling(min=2, max=10, memory_percent=80),
            kms_key_arn=key.arn,
            log_retention_days=90,
        ),
    )
    database.allow_from(service)
    cache.allow_from(service)
    alarms = Alarms("la-prod-alarms", AlarmsArgs(critical_emails=["a@example.com"], kms_key_arn=key.arn))
    alarms.watch_service(service, cluster)
    alarms.watch_database(database)
    alarms.watch_cache(cache)
    board = Observability("la-prod-seen", ObservabilityArgs(dashboard_name="la-prod", metric_namespace="la"))
    board.add_service(service, cluster)
    board.add_database(database)
    board.add_cache(cache)
    board.publish()


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """One deployment for all questions."""
    simulation = Simulation(stack="production")
    simulation.run(program)
    return simulation


@pytest.mark.proves("S0-57", "S1-17", "S1-32", "S1-38", "S2-50")
def test_replicas_stand_in_the_other_zones(deployed: Simulation) -> None:
    found = deployed.client("rds").describe_db_instances()["DBInstances"]
    instances = {instance["DBInstanceIdentifier"]: instance for instance in found}
    assert {name: instance["AvailabilityZone"] for name, instance in instances.items()} == {
        "la-prod-database-primary": "us-east-1a",
        "la-prod-database-replica-1": "us-east-1b",
        "la-prod-database-replica-2": "us-east-1c",
    }
    primary = instances["la-prod-database-primary"]
    assert sorted(primary["ReadReplicaDBInstanceIdentifiers"]) == [
        "la-prod-database-replica-1",
        "la-prod-database-replica-2",
    ]
    for instance in instances.values():
        assert (instance["StorageEncrypted"], instance["PubliclyAccessible"]) == (True, False)
        assert instance["DeletionProtection"] is True


def test_parameters_are_in_force(deployed: Simulation) -> None:
    rds = deployed.client("rds")
    [instance] = rds.describe_db_instances(DBInstanceIdentifier="la-prod-database-primary")["DBInstances"]
    [group] = instance["DBParameterGroups"]
    parameters = rds.describe_db_parameters(DBParameterGroupName=group["DBParameterGroupName"])["Parameters"]
    values = {parameter["ParameterName"]: parameter.get("ParameterValue") for parameter in parameters}
    assert values["shared_buffers"] == "32768"
    assert values["max_connections"] == "200"
    assert values["rds.force_ssl"] == "1"


@pytest.mark.proves("S1-33")
def test_only_the_service_reaches_the_data(deployed: Simulation) -> None:
    groups = deployed.client("ec2").describe_security_groups()["SecurityGroups"]
    ids = {
        tag["Value"]: group["GroupId"]
        for group in groups
        for tag in group.get("Tags", [])
        if tag["Key"] == "Name"
    }
    by_name = {name: group for name, i in ids.items() for group in groups if group["GroupId"] == i}
    callers = {
        ("la-prod-database-sg", 5432): ["la-prod-database-rotation-sg", "la-prod-web-sg"],
        ("la-prod-cache-sg", 6379): ["la-prod-web-sg"],
    }
    for (name, port), wanted in callers.items():
        [permission] = by_name[name]["IpPermissions"]
        assert (permission["FromPort"], permission["ToPort"], permission["IpProtocol"]) == (port, port, "tcp")
        pairs = {pair["GroupId"] for pair in permission["UserIdGroupPairs"]}
        assert pairs == {ids[caller] for caller in wanted}
        assert permission["IpRanges"] == []
        assert by_name[name]["IpPermissionsEgress"] == []


def test_no_security_group_is_open_to_the_world(deployed: Simulation) -> None:
    ec2 = deployed.client("ec2")
    [vpc] = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": ["la-prod-network"]}])["Vpcs"]
    ours = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    for group in ec2.describe_security_groups(Filters=ours)["SecurityGroups"]:
        assert [rule for permission in group["IpPermissions"] for rule in permission["IpRanges"]] == []


@pytest.mark.proves("S0-57", "S1-03", "S1-18", "S1-38", "S2-50")
def test_the_cache_is_encrypted_and_fails_over(deployed: Simulation) -> None:
    [group] = deployed.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (group["TransitEncryptionEnabled"], group["AtRestEncryptionEnabled"]) == (True, True)
    assert (group["AuthTokenEnabled"], group["AutomaticFailover"]) == (True, "enabled")
    assert len(group["MemberClusters"]) == 2


def test_the_password_in_the_secret_is_the_one_that_was_written(deployed: Simulation) -> None:
    secrets = deployed.client("secretsmanager")
    found = {secret["Name"]: secret for secret in secrets.list_secrets()["SecretList"]}
    [name] = [name for name in found if name.startswith("la-prod-database-credentials")]
    value = json.loads(secrets.get_secret_value(SecretId=name)["SecretString"])
    assert set(value) == {"username", "password"}
    [registered] = [
        item
        for item in deployed.of_type("aws:rds/instance:Instance")
        if item.name == "la-prod-database-primary"
    ]
    assert registered.inputs["passwordWo"] == value["password"]
    assert len(value["password"]) == 32


@pytest.mark.proves("S2-40")
def test_slots_are_empty(deployed: Simulation) -> None:
    secrets = deployed.client("secretsmanager")
    [slot] = [found for found in secrets.list_secrets()["SecretList"] if found["Name"] == "la/prod/openai"]
    assert slot["KmsKeyId"].startswith("arn:aws:kms:")
    assert secrets.list_secret_version_ids(SecretId=slot["ARN"])["Versions"] == []


@pytest.mark.proves("S1-14", "S2-36")
def test_the_service_runs_private_and_rolls_back(deployed: Simulation) -> None:
    ecs = deployed.client("ecs")
    [cluster] = ecs.list_clusters()["clusterArns"]
    [arn] = ecs.list_services(cluster=cluster)["serviceArns"]
    [service] = ecs.describe_services(cluster=cluster, services=[arn])["services"]
    assert service["desiredCount"] == 2
    assert service["deploymentConfiguration"]["deploymentCircuitBreaker"] == {
        "enable": True,
        "rollback": True,
    }
    assert service["networkConfiguration"]["awsvpcConfiguration"]["assignPublicIp"] == "DISABLED"
    task = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    assert (task["cpu"], task["memory"]) == ("512", "1024")
    [container] = task["containerDefinitions"]
    assert container["readonlyRootFilesystem"] is True
    names = [secret["name"] for secret in container["secrets"]]
    assert names == ["DATABASE_PASSWORD", "OPENAI_API_KEY", "REDIS_TOKEN"]


@pytest.mark.proves("S1-04", "S1-49")
def test_scaling_goals(deployed: Simulation) -> None:
    scaling = deployed.client("application-autoscaling")
    [target] = scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (2, 10)
    policies = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    goals = {
        found["PredefinedMetricSpecification"]["PredefinedMetricType"]: found["TargetValue"]
        for found in (policy["TargetTrackingScalingPolicyConfiguration"] for policy in policies)
    }
    assert goals == {
        "ECSServiceAverageCPUUtilization": 70,
        "ECSServiceAverageMemoryUtilization": 80,
    }


def test_the_execution_role_reads_the_named_secrets_only(deployed: Simulation) -> None:
    iam = deployed.client("iam")
    [role] = [
        r["RoleName"] for r in iam.list_roles()["Roles"] if r["RoleName"].startswith("la-prod-web-execution")
    ]
    [policy] = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    statements = {statement["Sid"]: statement for statement in document["Statement"]}
    arns = {secret["ARN"] for secret in deployed.client("secretsmanager").list_secrets()["SecretList"]}
    [master] = [arn for arn in arns if ":la-prod-database-credentials-" in arn]
    assert set(statements["ReadSecrets"]["Resource"]) == arns - {master}
    assert [sid for sid, statement in statements.items() if statement["Resource"] == ["*"]] == [
        "RegistryLogin"
    ]


def test_the_service_is_the_applications_user_and_not_the_master(deployed: Simulation) -> None:
    ecs, secrets = deployed.client("ecs"), deployed.client("secretsmanager")
    [family] = ecs.list_task_definitions()["taskDefinitionArns"]
    [container] = ecs.describe_task_definition(taskDefinition=family)["taskDefinition"][
        "containerDefinitions"
    ]
    given = {one["name"]: one["valueFrom"] for one in container["secrets"]}
    arn, field = given["DATABASE_PASSWORD"].removesuffix("::").rsplit(":", 1)
    value = json.loads(secrets.get_secret_value(SecretId=arn)["SecretString"])
    assert (field, value["username"]) == ("password", "app_a")
    assert secrets.describe_secret(SecretId=arn)["RotationRules"] == {"AutomaticallyAfterDays": 30}


@pytest.mark.proves("S1-21", "S4-05", "S4-39")
def test_alarms_exist_under_fixed_names_and_tell_their_topic(deployed: Simulation) -> None:
    alarms = deployed.client("cloudwatch").describe_alarms()["MetricAlarms"]
    # Target tracking has alarms of its own.
    found = {
        alarm["AlarmName"]: alarm for alarm in alarms if not alarm["AlarmName"].startswith("TargetTracking")
    }
    assert len(found) == 3 + 3 * 4 + 2 + 2 * 3
    lag = found["la-prod-database-replica-1-lag"]
    assert (lag["Threshold"], lag["TreatMissingData"]) == (10, "breaching")
    assert ":la-prod-alarms-warning" in lag["AlarmActions"][0]
    assert lag["OKActions"] == lag["AlarmActions"]
    topics = deployed.client("sns").list_topics()["Topics"]
    for topic in topics:
        attributes = deployed.client("sns").get_topic_attributes(TopicArn=topic["TopicArn"])["Attributes"]
        assert attributes["KmsMasterKeyId"].startswith("arn:aws:kms:")


@pytest.mark.proves("S1-66")
def test_logs_end_and_are_encrypted(deployed: Simulation) -> None:
    groups = deployed.client("logs").describe_log_groups()["logGroups"]
    kept = {group["logGroupName"]: group.get("retentionInDays") for group in groups}
    assert kept["/ecs/la-prod-web"] == 90
    assert kept["/aws/rds/instance/la-prod-database-replica-2/postgresql"] == 30
    assert all(kept.values())
    assert all(group["kmsKeyId"] for group in groups)


@pytest.mark.proves("S1-21")
def test_the_dashboard_shows_every_component(deployed: Simulation) -> None:
    body = deployed.client("cloudwatch").get_dashboard(DashboardName="la-prod")["DashboardBody"]
    headings = [
        widget["properties"]["markdown"] for widget in json.loads(body)["widgets"] if widget["type"] == "text"
    ]
    assert headings == ["## la-prod-web", "## la-prod-database", "## la-prod-cache"]
