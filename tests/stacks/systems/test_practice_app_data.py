"""The practice app's database, cache and copies, held against its document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.systems.standing import System, bring_up, standing

PRIMARY = "sp-prod-database-primary"
REPLICAS = [f"sp-prod-database-replica-{number}" for number in (1, 2, 3)]
EIGHT_KB, ONE_KB = 8 * 1024, 1024
MB, GB = 1024**2, 1024**3

# The document's parameters; sizes in bytes, with the unit in which PostgreSQL counts each.
SIZES = {
    "shared_buffers": (256 * MB, EIGHT_KB),
    "effective_cache_size": (1 * GB, EIGHT_KB),
    "work_mem": (4 * MB, ONE_KB),
    "maintenance_work_mem": (64 * MB, ONE_KB),
    "wal_buffers": (16 * MB, EIGHT_KB),
}
NUMBERS = {
    "max_connections": "100",
    "checkpoint_completion_target": "0.9",
    "default_statistics_target": "100",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "200",
}

# AWS: ElastiCache user guide, parameters by node type; general knowledge of that page, not read again
MEMORY_OF_NODES = {"cache.t4g.micro": 512 * MB}


@pytest.fixture
def production() -> System:
    return standing("practice-app-production")


@pytest.mark.proves("S0-04", "S0-17", "S0-39")
def test_postgresql_15_on_5432_with_replicas_and_backups(production: System) -> None:
    primary = _instance(production, PRIMARY)
    assert (primary["Engine"], primary["EngineVersion"].split(".")[0]) == ("postgres", "15")
    assert primary["Endpoint"]["Port"] == 5432
    assert primary["PubliclyAccessible"] is False
    assert sorted(primary["ReadReplicaDBInstanceIdentifiers"]) == REPLICAS
    assert primary["BackupRetentionPeriod"] > 0


@pytest.mark.proves("S0-62", "S0-32")
def test_one_primary_writes_and_three_replicas_read(production: System) -> None:
    replicas = [_instance(production, name) for name in REPLICAS]
    assert {one["ReadReplicaSourceDBInstanceIdentifier"] for one in replicas} == {PRIMARY}
    assert {one["Endpoint"]["Port"] for one in replicas} == {5432}
    # Each zone has one to read from.
    assert len({one["AvailabilityZone"] for one in replicas}) == 3
    hosts = [one["Endpoint"]["Address"] for one in replicas]
    assert sorted(production.outputs["database_reader_endpoints"]) == sorted(hosts)


@pytest.mark.proves("S0-24", "S0-25", "S0-26", "S0-27", "S0-69")
def test_every_parameter_of_the_document_is_in_force(production: System) -> None:
    primary = _instance(production, PRIMARY)
    [group] = primary["DBParameterGroups"]
    assert group["ParameterApplyStatus"] == "in-sync"
    found = _parameters(production, group["DBParameterGroupName"])
    assert {name: int(found[name]) * unit for name, (_, unit) in SIZES.items()} == {
        name: size for name, (size, _) in SIZES.items()
    }
    assert {name: found[name] for name in NUMBERS} == NUMBERS
    # What slow queries are measured with.
    assert found["shared_preload_libraries"] == "pg_stat_statements"
    replicas = [_instance(production, name)["DBParameterGroups"] for name in REPLICAS]
    assert [one["DBParameterGroupName"] for [one] in replicas] == [group["DBParameterGroupName"]] * 3


@pytest.mark.proves("S0-05", "S0-32")
def test_redis_7_on_6379_in_every_zone(production: System) -> None:
    caches = production.client("elasticache")
    [group] = caches.describe_replication_groups()["ReplicationGroups"]
    [shard] = group["NodeGroups"]
    assert (group["Engine"], shard["PrimaryEndpoint"]["Port"]) == ("redis", 6379)
    assert len({node["PreferredAvailabilityZone"] for node in shard["NodeGroupMembers"]}) == 3
    versions = {
        node["EngineVersion"].split(".")[0] for node in caches.describe_cache_clusters()["CacheClusters"]
    }
    assert versions == {"7"}


@pytest.mark.proves("S0-29")
def test_redis_has_256_mb_and_forgets_the_least_recently_used(production: System) -> None:
    """ElastiCache takes no `maxmemory`: it is the node's, less what is kept free of it."""
    [group] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    [made] = production.inputs("aws:elasticache/parameterGroup:ParameterGroup").values()
    asked = production.inputs("aws:elasticache/replicationGroup:ReplicationGroup")["sp-prod-cache"]
    assert asked["parameterGroupName"] == made["name"]
    parameters = {one["name"]: one["value"] for one in made["parameters"]}
    assert parameters["maxmemory-policy"] == "allkeys-lru"
    free = int(parameters["reserved-memory-percent"])
    assert MEMORY_OF_NODES[group["CacheNodeType"]] * (100 - free) // 100 == 256 * MB


@pytest.mark.proves("S0-07", "S0-57")
def test_who_asks_for_data_proves_who_he_is_and_is_not_overheard(production: System) -> None:
    [group] = _instance(production, PRIMARY)["DBParameterGroups"]
    assert _parameters(production, group["DBParameterGroupName"])["rds.force_ssl"] == "1"
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (cache["TransitEncryptionEnabled"], cache["AuthTokenEnabled"]) == (True, True)
    [rotation] = production.inputs("aws:secretsmanager/secretRotation:SecretRotation").values()
    assert rotation["rotationRules"] == {"automaticallyAfterDays": 30}
    assert rotation["secretId"] == production.outputs["database_secret_arn"]


@pytest.mark.proves("S0-57")
def test_whatever_is_kept_is_encrypted_by_a_key_that_is_renewed(production: System) -> None:
    key = production.client("kms").describe_key(KeyId="alias/sp-prod-data")["KeyMetadata"]
    assert production.client("kms").get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"] is True
    for name in (PRIMARY, *REPLICAS):
        instance = _instance(production, name)
        assert (instance["StorageEncrypted"], instance["KmsKeyId"]) == (True, key["Arn"])
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (cache["AtRestEncryptionEnabled"], cache["KmsKeyId"]) == (True, key["Arn"])
    [vault] = production.client("backup").list_backup_vaults()["BackupVaultList"]
    assert vault["EncryptionKeyArn"] == key["Arn"]
    # SSE-KMS and SSE-S3 are both AES-256.
    assert {_encryption(production, name) for name in _buckets(production)} <= {"aws:kms", "AES256"}
    assert _encryption(production, production.outputs["dump_bucket"]) == "aws:kms"


@pytest.mark.proves("S0-18", "S0-78")
def test_a_dump_lands_in_a_bucket_of_its_own_at_two_in_the_morning(production: System) -> None:
    schedules = production.client("scheduler")
    [found] = schedules.list_schedules()["Schedules"]
    schedule = schedules.get_schedule(Name=found["Name"], GroupName=found["GroupName"])
    assert (schedule["ScheduleExpression"], schedule["ScheduleExpressionTimezone"], schedule["State"]) == (
        "cron(0 2 * * ? *)",
        "UTC",
        "ENABLED",
    )
    task = production.client("ecs").describe_task_definition(
        taskDefinition=schedule["Target"]["EcsParameters"]["TaskDefinitionArn"]
    )["taskDefinition"]
    [container] = task["containerDefinitions"]
    told = {one["name"]: one["value"] for one in container["environment"]}
    bucket = production.outputs["dump_bucket"]
    assert (told["PGHOST"], told["BUCKET"]) == (production.outputs["database_endpoint"], bucket)
    assert container["command"][-1].startswith("pg_dump ")
    s3 = production.client("s3")
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    blocked = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert set(blocked.values()) == {True}


@pytest.mark.proves("S0-79")
def test_seven_days_four_weeks_and_twelve_months(production: System) -> None:
    backups = production.client("backup")
    [plan] = backups.list_backup_plans()["BackupPlansList"]
    rules = backups.get_backup_plan(BackupPlanId=plan["BackupPlanId"])["BackupPlan"]["Rules"]
    kept = {
        rule["RuleName"]: (rule["ScheduleExpression"], rule["Lifecycle"]["DeleteAfterDays"]) for rule in rules
    }
    assert kept == {
        "daily": ("cron(0 3 * * ? *)", 7),
        "weekly": ("cron(0 4 ? * SUN *)", 28),
        "monthly": ("cron(0 5 1 * ? *)", 365),
    }
    [selection] = production.inputs("aws:backup/selection:Selection").values()
    assert _instance(production, PRIMARY)["DBInstanceArn"] in selection["resources"]
    # A dump stays for twelve months, too.
    rules = production.client("s3").get_bucket_lifecycle_configuration(
        Bucket=production.outputs["dump_bucket"]
    )
    assert [
        rule["Expiration"]["Days"] for rule in rules["Rules"] if "Days" in rule.get("Expiration", {})
    ] == [365]


@pytest.mark.proves("S0-82")
def test_each_part_has_what_its_recovery_time_rests_on(production: System) -> None:
    """Application 5 min, database 15 min and 5 min of data, Redis 1 min: by takeovers, and by logs every 5 minutes."""
    primary = _instance(production, PRIMARY)
    assert (primary["MultiAZ"], primary["BackupRetentionPeriod"]) == (True, 30)
    assert primary["AvailabilityZone"] != primary["SecondaryAvailabilityZone"]
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (cache["AutomaticFailover"], cache["MultiAZ"]) == ("enabled", "enabled")
    assert cache["SnapshotRetentionLimit"] == 7
    web, api = production.outputs["service_names"]["web"], production.outputs["service_names"]["api"]
    services = production.client("ecs").describe_services(
        cluster=production.outputs["cluster_name"], services=[web, api]
    )["services"]
    for service in services:
        assert len(service["networkConfiguration"]["awsvpcConfiguration"]["subnets"]) == 3
        assert service["runningCount"] >= 2


@pytest.mark.proves("S0-80")
def test_the_database_fails_over_by_itself() -> None:
    """The document's five steps: noticed, promoted, found under its name, used by the servers, and watched."""
    system = bring_up("practice-app-staging")
    databases, name = system.client("rds"), "sp-stg-database-primary"
    before = _instance(system, name)
    topic = system.outputs["critical_topic_arn"]
    [alarm] = system.client("cloudwatch").describe_alarms(AlarmNames=[f"{name}-down"])["MetricAlarms"]
    assert alarm["AlarmActions"] == [topic]
    subscriptions = databases.describe_event_subscriptions()["EventSubscriptionsList"]
    [urgent] = [one for one in subscriptions if one["SnsTopicArn"] == topic]
    assert {"availability", "failover", "failure"} <= set(urgent["EventCategoriesList"])

    databases.reboot_db_instance(DBInstanceIdentifier=name, ForceFailover=True)

    after = _instance(system, name)
    assert after["AvailabilityZone"] == before["SecondaryAvailabilityZone"]
    assert (
        after["Endpoint"]["Address"] == before["Endpoint"]["Address"] == system.outputs["database_endpoint"]
    )
    assert system.changes() == {}
    lag = system.client("cloudwatch").describe_alarms(AlarmNames=["sp-stg-database-replica-1-lag"])[
        "MetricAlarms"
    ]
    assert [(one["Threshold"], one["MetricName"]) for one in lag] == [(10, "ReplicaLag")]


def _instance(system: System, name: str) -> dict[str, Any]:
    [found] = system.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    assert isinstance(found, dict)
    return found


def _parameters(system: System, group: str) -> dict[str, str]:
    found = system.client("rds").describe_db_parameters(DBParameterGroupName=group)["Parameters"]
    return {one["ParameterName"]: one["ParameterValue"] for one in found}


def _buckets(system: System) -> list[str]:
    return [bucket["Name"] for bucket in system.client("s3").list_buckets()["Buckets"]]


def _encryption(system: System, bucket: str) -> str:
    found = system.client("s3").get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]
    [rule] = found["Rules"]
    return str(rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"])
