"""The Learning Assistant's data, its copies and its recovery, held against its document."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from stacks.recovery.achieved import achieved
from stacks.recovery.scope import Scope, Store
from stacks.settings.mechanisms import chosen
from tests.stacks.systems.standing import System, standing

PRIMARY = "la-prod-database-primary"
REPLICAS = ["la-prod-database-replica-1", "la-prod-database-replica-2"]
SECOND = "us-west-2"
HOUR = 3600


@pytest.fixture
def production() -> System:
    return standing("learning-assistant-production")


@pytest.mark.proves("S1-03", "S1-17")
def test_postgresql_has_a_standby_that_takes_over_and_replicas_that_read(production: System) -> None:
    primary = _instance(production, PRIMARY)
    assert (primary["Engine"], primary["MultiAZ"]) == ("postgres", True)
    assert primary["SecondaryAvailabilityZone"] != primary["AvailabilityZone"]
    assert sorted(primary["ReadReplicaDBInstanceIdentifiers"]) == REPLICAS
    hosts = [_instance(production, name)["Endpoint"]["Address"] for name in REPLICAS]
    assert list(production.outputs["database_reader_endpoints"]) == hosts


@pytest.mark.proves("S1-03", "S1-18")
def test_redis_has_a_node_in_each_zone_and_fails_over(production: System) -> None:
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (cache["Engine"], cache["AutomaticFailover"], cache["MultiAZ"]) == ("redis", "enabled", "enabled")
    [shard] = cache["NodeGroups"]
    zones = {node["PreferredAvailabilityZone"] for node in shard["NodeGroupMembers"]}
    assert zones == {"us-east-1a", "us-east-1b", "us-east-1c"}


@pytest.mark.proves("S1-32")
def test_the_database_subnets_hold_the_servers_the_replicas_in_1b_and_1c_and_redis(
    production: System,
) -> None:
    replicas = [_instance(production, name)["AvailabilityZone"] for name in REPLICAS]
    assert replicas == ["us-east-1b", "us-east-1c"]
    tier = {"10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"}
    [group] = production.client("rds").describe_db_subnet_groups()["DBSubnetGroups"]
    assert _ranges(production, group) == tier
    [caches] = production.client("elasticache").describe_cache_subnet_groups()["CacheSubnetGroups"]
    assert _ranges(production, caches) == tier
    names = {
        _instance(production, name)["DBSubnetGroup"]["DBSubnetGroupName"] for name in [PRIMARY, *REPLICAS]
    }
    assert names == {group["DBSubnetGroupName"]}


def test_whoever_talks_to_data_must_encrypt_what_they_say(production: System) -> None:
    [group] = _instance(production, PRIMARY)["DBParameterGroups"]
    parameters = production.client("rds").describe_db_parameters(
        DBParameterGroupName=group["DBParameterGroupName"]
    )["Parameters"]
    forced = {one["ParameterName"]: one.get("ParameterValue") for one in parameters}
    assert forced["rds.force_ssl"] == "1"
    [proxy] = production.client("rds").describe_db_proxies()["DBProxies"]
    assert proxy["RequireTLS"] is True
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (cache["TransitEncryptionEnabled"], cache["AuthTokenEnabled"]) == (True, True)
    for bucket in production.client("s3").list_buckets()["Buckets"]:
        policy = json.loads(production.client("s3").get_bucket_policy(Bucket=bucket["Name"])["Policy"])
        [refused] = [one for one in policy["Statement"] if one["Effect"] == "Deny" and _about_tls(one)]
        assert (refused["Principal"], refused["Action"]) == ({"AWS": "*"}, "s3:*")


@pytest.mark.proves("S1-38", "S1-39")
def test_everything_that_is_kept_is_encrypted_by_a_key_that_is_renewed(production: System) -> None:
    """KMS keeps keys in hardware security modules, and hands none out."""
    keys = production.client("kms")
    key = keys.describe_key(KeyId="alias/la-prod-data")["KeyMetadata"]
    assert (key["Origin"], key["KeyManager"]) == ("AWS_KMS", "CUSTOMER")
    assert keys.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"] is True
    for name in [PRIMARY, *REPLICAS]:
        instance = _instance(production, name)
        assert (instance["StorageEncrypted"], instance["KmsKeyId"]) == (True, key["Arn"])
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (cache["AtRestEncryptionEnabled"], cache["KmsKeyId"]) == (True, key["Arn"])
    rule = production.client("s3").get_bucket_encryption(Bucket=production.outputs["upload_bucket"])
    [default] = rule["ServerSideEncryptionConfiguration"]["Rules"]
    assert default["ApplyServerSideEncryptionByDefault"] == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": key["Arn"],
    }


@pytest.mark.proves("S1-19")
def test_pages_upload_files_into_a_bucket_that_nobody_reads_in_passing(production: System) -> None:
    s3, bucket = production.client("s3"), production.outputs["upload_bucket"]
    [rule] = s3.get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert rule["AllowedOrigins"] == ["https://learning-assistant.app"]
    assert {"PUT", "POST"} & set(rule["AllowedMethods"])
    assert set(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()) == {True}
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"


@pytest.mark.proves("S1-56", "S1-57")
def test_the_database_is_backed_up_daily_and_to_any_second(production: System) -> None:
    primary = _instance(production, PRIMARY)
    assert primary["BackupRetentionPeriod"] == 30
    assert primary["PreferredBackupWindow"] == "03:00-04:00"
    databases = production.client("rds")
    name = "la-prod-database-yesterday"
    copy = databases.restore_db_instance_to_point_in_time(
        SourceDBInstanceIdentifier=PRIMARY,
        TargetDBInstanceIdentifier=name,
        RestoreTime=primary["InstanceCreateTime"] + timedelta(seconds=1),
    )["DBInstance"]
    try:
        assert (copy["Engine"], copy["StorageEncrypted"]) == ("postgres", True)
    finally:
        databases.modify_db_instance(
            DBInstanceIdentifier=name, DeletionProtection=False, ApplyImmediately=True
        )
        databases.delete_db_instance(DBInstanceIdentifier=name, SkipFinalSnapshot=True)


@pytest.mark.proves("S1-20", "S1-56")
def test_backups_are_made_kept_for_a_while_and_encrypted(production: System) -> None:
    backups = production.client("backup")
    rules = _rules(production)
    assert {rule["RuleName"]: rule["Lifecycle"]["DeleteAfterDays"] for rule in rules} == {
        "daily": 7,
        "weekly": 28,
        "monthly": 365,
    }
    [selection] = production.inputs("aws:backup/selection:Selection").values()
    assert _instance(production, PRIMARY)["DBInstanceArn"] in selection["resources"]
    assert f"arn:aws:s3:::{production.outputs['upload_bucket']}" in selection["resources"]
    vault = backups.describe_backup_vault(BackupVaultName=production.outputs["backup_vault"])
    key = production.client("kms").describe_key(KeyId="alias/la-prod-data")["KeyMetadata"]
    assert vault["EncryptionKeyArn"] == key["Arn"]


@pytest.mark.proves("S1-58")
def test_copies_of_backups_and_files_lie_in_another_region(production: System) -> None:
    copies = [
        action["DestinationBackupVaultArn"] for rule in _rules(production) for action in rule["CopyActions"]
    ]
    [vault] = production.client("backup", SECOND).list_backup_vaults()["BackupVaultList"]
    assert copies == [vault["BackupVaultArn"]] * 3
    replicated = production.inputs(
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
    )
    [automated] = replicated.values()
    assert automated["sourceDbInstanceArn"] == _instance(production, PRIMARY)["DBInstanceArn"]
    assert automated["region"] == SECOND
    s3 = production.client("s3")
    replication = s3.get_bucket_replication(Bucket=production.outputs["upload_bucket"])
    [rule] = replication["ReplicationConfiguration"]["Rules"]
    copy = production.outputs["upload_copy_bucket"]
    assert (rule["Status"], rule["Destination"]["Bucket"]) == ("Enabled", f"arn:aws:s3:::{copy}")
    assert s3.get_bucket_location(Bucket=copy)["LocationConstraint"] == SECOND


@pytest.mark.proves("S1-59", "S1-44")
@pytest.mark.parametrize(("environment", "prefix"), [("production", "la-prod"), ("staging", "la-stg")])
def test_restoring_is_tried_every_week_and_told_when_it_fails(environment: str, prefix: str) -> None:
    system = standing(f"learning-assistant-{environment}")
    plans = system.client("backup").list_restore_testing_plans()["RestoreTestingPlans"]
    assert [plan["ScheduleExpression"] for plan in plans] == ["cron(0 9 ? * MON *)"]
    [tried] = system.inputs("aws:backup/restoreTestingSelection:RestoreTestingSelection").values()
    assert tried["protectedResourceType"] == "RDS"
    alarms = system.client("cloudwatch").describe_alarms(AlarmNames=[f"{prefix}-backup-restore-failed"])
    [alarm] = alarms["MetricAlarms"]
    assert alarm["AlarmActions"] == [system.outputs["warning_topic_arn"]]


@pytest.mark.proves("S1-61")
@pytest.mark.parametrize("scope", [Scope.ZONE, Scope.MISTAKE])
def test_everything_is_back_within_four_hours_and_misses_an_hour_at_most(
    production: System, scope: Scope
) -> None:
    way = achieved(chosen(production.settings)).of(Store.WHOLE, scope)
    assert way.rto_seconds is not None
    assert way.rpo_seconds is not None
    assert way.rto_seconds <= 4 * HOUR
    assert way.rpo_seconds <= HOUR
    # What it rests on stands.
    primary = _instance(production, PRIMARY)
    assert (primary["MultiAZ"], primary["BackupRetentionPeriod"] > 0) == (True, True)


@pytest.mark.proves("S1-61")
def test_somebody_hears_before_more_than_one_request_in_a_thousand_has_failed(production: System) -> None:
    """99.9 percent: 2 percent of a month's failures within an hour are 14.4 times what is allowed."""
    watched = production.client("cloudwatch").describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    limits = {one["AlarmName"]: one["Threshold"] for one in watched["MetricAlarms"] if "Threshold" in one}
    allowed = 100 - 99.9
    for hours, share in ((1, 2), (6, 5), (24, 10)):
        expected = share / 100 * 30 * 24 / hours * allowed
        name = f"la-prod-gateway-availability-burn-{hours}h"
        assert (limits[f"{name}-long"], limits[f"{name}-short"]) == pytest.approx((expected, expected))
    [page] = [one for one in watched["CompositeAlarms"] if one["AlarmName"] == "la-prod-alarms-incident"]
    assert page["AlarmActions"] == [production.outputs["critical_topic_arn"]]
    assert 'ALARM("la-prod-gateway-availability-burn-1h")' in page["AlarmRule"]


def _instance(system: System, name: str) -> dict[str, Any]:
    [found] = system.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    assert isinstance(found, dict)
    return found


def _ranges(system: System, group: dict[str, Any]) -> set[str]:
    ids = [one["SubnetIdentifier"] for one in group["Subnets"]]
    return {one["CidrBlock"] for one in system.client("ec2").describe_subnets(SubnetIds=ids)["Subnets"]}


def _rules(system: System) -> list[dict[str, Any]]:
    backups = system.client("backup")
    [plan] = backups.list_backup_plans()["BackupPlansList"]
    found: list[dict[str, Any]] = backups.get_backup_plan(BackupPlanId=plan["BackupPlanId"])["BackupPlan"][
        "Rules"
    ]
    return found


def _about_tls(statement: dict[str, Any]) -> bool:
    return "aws:SecureTransport" in json.dumps(statement.get("Condition", {}))
