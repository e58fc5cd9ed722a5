"""The API platform's database, files and secrets, held against its document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from stacks.settings.errors import ConfigurationError
from stacks.settings.load import Configuration, load
from tests.stacks.systems.api_platform import cluster, secrets, told
from tests.stacks.systems.standing import System, standing

BOTH = ("api", "auth")
SECRET = "arn:aws:secretsmanager:us-east-1:"


@pytest.fixture
def production() -> System:
    return standing("api-platform-production")


@pytest.mark.proves("S2-14", "S2-15", "S2-18")
def test_a_writer_and_two_readers_of_mysql_8_each_in_a_zone_of_its_own(production: System) -> None:
    found = cluster(production)
    assert (found["Engine"], found["EngineVersion"].startswith("8.0.")) == ("mysql", True)
    assert [one["IsClusterWriter"] for one in found["DBClusterMembers"]] == [True, False, False]
    servers = production.client("rds").describe_db_instances()["DBInstances"]
    assert {one["AvailabilityZone"] for one in servers} == {"us-east-1a", "us-east-1b", "us-east-1c"}
    for name in BOTH:
        assert told(production, name)["DATABASE_READER_HOSTS"] == found["ReaderEndpoint"]


@pytest.mark.proves("S2-15", "S2-47")
def test_a_reader_takes_over_and_clients_keep_their_address(production: System) -> None:
    """A Multi-AZ DB cluster, because it fails over in about 35 seconds; the pooler follows it."""
    rds, first = production.client("rds"), _writer(production)
    rds.failover_db_cluster(
        DBClusterIdentifier="api-prod-database",
        TargetDBInstanceIdentifier="api-prod-database-instance-2",
    )
    try:
        assert _writer(production) == "api-prod-database-instance-2" != first
        [target] = rds.describe_db_proxy_targets(DBProxyName="api-prod-database-proxy")["Targets"]
        assert (target["Type"], target["RdsResourceId"]) == ("TRACKED_CLUSTER", "api-prod-database")
        assert target["Endpoint"] == cluster(production)["Endpoint"]
    finally:
        rds.failover_db_cluster(DBClusterIdentifier="api-prod-database", TargetDBInstanceIdentifier=first)
    assert production.changes() == {}


@pytest.mark.proves("S2-47")
def test_what_cannot_fail_over_within_60_seconds_is_refused() -> None:
    """The standby of an instance takes over within 60 to 120 seconds."""
    instance = {"database": {"failover_seconds": 120}}
    with pytest.raises(ConfigurationError) as refused:
        load(Configuration(stack="api-platform-production", values={"overrides": instance}))
    assert "recovery.database_rto_minutes" in str(refused.value)


@pytest.mark.proves("S2-16")
def test_full_backups_every_day_and_every_second_between_them(production: System) -> None:
    found = cluster(production)
    # With automated backups RDS keeps the transaction logs too.
    assert (found["BackupRetentionPeriod"], found["PreferredBackupWindow"]) == (30, "03:00-04:00")
    assert found["LatestRestorableTime"] >= found["EarliestRestorableTime"]
    daily = _rules(production)["daily"]
    assert daily["ScheduleExpression"] == "cron(0 3 * * ? *)"
    [kept] = production.inputs("aws:backup/selection:Selection").values()
    assert set(kept["resources"]) == {
        found["DBClusterArn"],
        f"arn:aws:s3:::{production.outputs['upload_bucket']}",
    }


@pytest.mark.proves("S2-49")
def test_a_restore_is_rehearsed_every_quarter(production: System) -> None:
    [plan] = production.inputs("aws:backup/restoreTestingPlan:RestoreTestingPlan").values()
    assert plan["scheduleExpression"] == "cron(0 9 1 1,4,7,10 ? *)"
    # Yesterday's backup, and not one from the last quarter.
    newest = plan["recoveryPointSelection"]
    assert (newest["algorithm"], newest["selectionWindowDays"]) == ("LATEST_WITHIN_WINDOW", 7)
    [restored] = production.inputs("aws:backup/restoreTestingSelection:RestoreTestingSelection").values()
    assert restored["protectedResourceType"] == "RDS"
    assert restored["restoreMetadataOverrides"]["dbSubnetGroupName"] == cluster(production)["DBSubnetGroup"]
    # Who hears that it failed.
    alarms = production.client("cloudwatch").describe_alarms(AlarmNames=["api-prod-backup-restore-failed"])
    [failed] = alarms["MetricAlarms"]
    assert failed["AlarmActions"] == [production.outputs["warning_topic_arn"]]


def test_every_copy_that_is_asked_for_can_be_made(production: System) -> None:
    """AWS Backup copies no backup of a cluster to another region."""
    assert not [rule for rule in _rules(production).values() if rule.get("CopyActions")]


@pytest.mark.proves("S2-17", "S2-50")
def test_nobody_speaks_to_the_database_in_the_clear(production: System) -> None:
    rds = production.client("rds")
    group = cluster(production)["DBClusterParameterGroup"]
    parameters = rds.describe_db_cluster_parameters(DBClusterParameterGroupName=group)["Parameters"]
    [tls] = [one for one in parameters if one["ParameterName"] == "require_secure_transport"]
    assert tls["ParameterValue"] == "1"
    [proxy] = rds.describe_db_proxies()["DBProxies"]
    assert proxy["RequireTLS"] is True


@pytest.mark.proves("S2-17")
def test_the_database_s_own_list_of_who_may_connect(production: System) -> None:
    """Addresses change with every task, so the list names groups: the pooler's, the services' and the dump's."""
    [group] = [one["VpcSecurityGroupId"] for one in cluster(production)["VpcSecurityGroups"]]
    rules = production.client("ec2").describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [group]}]
    )["SecurityGroupRules"]
    opened = [rule for rule in rules if not rule["IsEgress"]]
    assert {(rule["FromPort"], rule["ToPort"]) for rule in opened} == {(3306, 3306)}
    assert not [rule for rule in opened if "CidrIpv4" in rule or "CidrIpv6" in rule]
    named = {rule["ReferencedGroupInfo"]["GroupId"] for rule in opened}
    assert _names(production, named) == {
        "api-prod-api-sg",
        "api-prod-auth-sg",
        "api-prod-database-proxy-sg",
        "api-prod-dump-sg",
    }


@pytest.mark.proves("S2-18")
def test_services_share_the_pooler_s_connections(production: System) -> None:
    rds = production.client("rds")
    [proxy] = rds.describe_db_proxies()["DBProxies"]
    assert proxy["EngineFamily"] == "MYSQL"
    [pool] = rds.describe_db_proxy_target_groups(DBProxyName=proxy["DBProxyName"])["TargetGroups"]
    assert pool["ConnectionPoolConfig"]["MaxConnectionsPercent"] == 90
    for name in BOTH:
        assert told(production, name)["DATABASE_HOST"] == proxy["Endpoint"]


@pytest.mark.proves("S2-20")
def test_production_finds_its_database_by_the_document_s_variables(production: System) -> None:
    [proxy] = production.client("rds").describe_db_proxies()["DBProxies"]
    secret = _master_secret(production)
    for name in BOTH:
        found = told(production, name)
        assert found["PROD_DB_HOST"] == proxy["Endpoint"]
        assert (found["PROD_DB_PORT"], found["PROD_DB_NAME"]) == ("3306", "production_database")
        given = secrets(production, name)
        assert given["PROD_DB_USERNAME"] == f"{secret}:username::"
        assert given["PROD_DB_PASSWORD"] == f"{secret}:password::"
        assert not {"PROD_DB_USERNAME", "PROD_DB_PASSWORD"} & set(found)


@pytest.mark.proves("S2-39", "S2-40")
@pytest.mark.parametrize("name", BOTH)
def test_confidential_variables_are_read_from_secrets_manager_when_a_task_starts(
    production: System, name: str
) -> None:
    manager = production.client("secretsmanager")
    for variable, given in secrets(production, name).items():
        assert given.startswith(SECRET), variable
        found = manager.describe_secret(SecretId=":".join(given.split(":")[:7]))
        assert found["KmsKeyId"] in _keys(production), variable
    # Nobody else but the one who starts the tasks may read them, and of all secrets only these.
    policy = production.inputs("aws:iam/rolePolicy:RolePolicy")[f"api-prod-{name}-execution-policy"]["policy"]
    [reads] = [
        one for one in _statements(policy) if "secretsmanager:GetSecretValue" in _listed(one["Action"])
    ]
    wanted = {":".join(given.split(":")[:7]) for given in secrets(production, name).values()}
    assert set(_listed(reads["Resource"])) == wanted


@pytest.mark.proves("S2-43")
def test_redis_keeps_what_is_asked_for_often_in_every_zone(production: System) -> None:
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    [shard] = cache["NodeGroups"]
    assert [one["CurrentRole"] for one in shard["NodeGroupMembers"]] == ["primary", "replica", "replica"]
    for name in BOTH:
        assert told(production, name)["REDIS_HOST"] == shard["PrimaryEndpoint"]["Address"]


@pytest.mark.proves("S2-44")
def test_there_is_room_for_a_hundred_gigabytes_and_more(production: System) -> None:
    assert cluster(production)["AllocatedStorage"] == 200


@pytest.mark.proves("S2-50")
def test_everything_that_is_kept_is_encrypted_with_a_key_of_the_stack(production: System) -> None:
    keys = _keys(production)
    found = cluster(production)
    assert (found["StorageEncrypted"], found["KmsKeyId"] in keys) == (True, True)
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (cache["AtRestEncryptionEnabled"], cache["TransitEncryptionEnabled"]) == (True, True)
    assert cache["KmsKeyId"] in keys
    s3, uploads = production.client("s3"), production.outputs["upload_bucket"]
    [rule] = s3.get_bucket_encryption(Bucket=uploads)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] in keys
    refused = [
        one for one in _statements(s3.get_bucket_policy(Bucket=uploads)["Policy"]) if one["Effect"] == "Deny"
    ]
    assert {"Bool": {"aws:SecureTransport": "false"}} in [one.get("Condition") for one in refused]


def test_what_people_leave_has_an_end(production: System) -> None:
    """Files after two years, deleted ones and old versions after three months, every log after a year at most."""
    s3, logs = production.client("s3"), production.client("logs")
    rules = s3.get_bucket_lifecycle_configuration(Bucket=production.outputs["upload_bucket"])["Rules"]
    ends = {rule["ID"]: rule for rule in rules}
    assert ends["expiry"]["Expiration"]["Days"] == 730
    assert ends["old-versions"]["NoncurrentVersionExpiration"]["NoncurrentDays"] == 90
    kept = {
        one["logGroupName"]: one.get("retentionInDays") for one in logs.describe_log_groups()["logGroups"]
    }
    assert {"/ecs/api-prod-api", "/ecs/api-prod-auth", "/api-prod-network/flow-log"} <= set(kept)
    assert not [name for name, days in kept.items() if days is None or days > 365]


def _writer(system: System) -> str:
    [found] = [one for one in cluster(system)["DBClusterMembers"] if one["IsClusterWriter"]]
    return str(found["DBInstanceIdentifier"])


def _rules(system: System) -> Mapping[str, Mapping[str, Any]]:
    backup = system.client("backup")
    [plan] = backup.list_backup_plans()["BackupPlansList"]
    rules = backup.get_backup_plan(BackupPlanId=plan["BackupPlanId"])["BackupPlan"]["Rules"]
    return {rule["RuleName"]: rule for rule in rules}


def _names(system: System, groups: set[str]) -> set[str]:
    found = system.client("ec2").describe_security_groups(GroupIds=sorted(groups))["SecurityGroups"]
    return {tag["Value"] for group in found for tag in group["Tags"] if tag["Key"] == "Name"}


def _master_secret(system: System) -> str:
    return str(system.outputs["database_secret_arn"])


def _keys(system: System) -> set[str]:
    """The ARNs of the keys that the stack made in its own region."""
    kms = system.client("kms")
    made = [item.identity for item in system.simulation.standing.values() if item.type == "aws:kms/key:Key"]
    listed = {one["KeyId"]: one["KeyArn"] for one in kms.list_keys()["Keys"]}
    return {listed[key] for key in made if key in listed}


def _statements(policy: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(policy)["Statement"]
    return found


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
