"""What is kept in whole stacks besides the data itself: the vault, its copies and tests, and the nightly dump."""

import json
from typing import Any

import pytest

from tests.stacks.test_watch import promising, several
from tests.stacks.watched import Watched, watched


def learning() -> Watched:
    """Backups with copies in a second region."""
    return watched("learning-assistant-production")


def rules(stack: Watched) -> dict[str, Any]:
    [plan] = stack.answers["plans"]
    return {rule["RuleName"]: rule for rule in plan["Rules"]}


@pytest.mark.proves("S0-79", "S1-20", "S2-16")
def test_backups_are_kept_as_long_as_the_settings_say() -> None:
    kept = {name: rule["Lifecycle"]["DeleteAfterDays"] for name, rule in rules(learning()).items()}
    assert kept == {"daily": 7, "weekly": 28, "monthly": 365}
    assert rules(learning())["daily"]["ScheduleExpression"] == "cron(0 3 * * ? *)"


def test_the_database_and_the_files_are_backed_up() -> None:
    [selection] = learning().of("backup/selection:Selection").values()
    database, uploads = selection["resources"]
    assert database.startswith("arn:aws:rds:us-east-1:123456789012:db:la-prod-database-")
    assert uploads.startswith("arn:aws:s3:::la-prod-uploads-")


def test_so_is_a_cluster() -> None:
    [selection] = several().of("backup/selection:Selection").values()
    assert selection["resources"][0] == "arn:aws:rds:eu-west-1:123456789012:cluster:api-prod-database"


@pytest.mark.proves("S1-58", "S4-16", "S4-44")
def test_copies_go_to_a_vault_of_the_second_region() -> None:
    vaults = learning().of("backup/vault:Vault")
    assert vaults["backup-copy"]["region"] == "us-west-2"
    assert {
        rule["CopyActions"][0]["DestinationBackupVaultArn"].split(":")[3]
        for rule in rules(learning()).values()
    } == {"us-west-2"}
    assert promising().of("backup/vault:Vault").keys() == {"backup"}


@pytest.mark.proves("S1-44", "S1-59")
@pytest.mark.parametrize("stack", ["learning-assistant-staging", "learning-assistant-production"])
def test_backups_are_restored_every_week_into_the_database_s_own_network(stack: str) -> None:
    made = watched(stack)
    [plan] = made.of("backup/restoreTestingPlan:RestoreTestingPlan").values()
    [selection] = made.of("backup/restoreTestingSelection:RestoreTestingSelection").values()
    assert plan["scheduleExpression"] == "cron(0 9 ? * MON *)"
    assert selection["protectedResourceType"] == "RDS"
    told = selection["restoreMetadataOverrides"]
    assert told["dbSubnetGroupName"].startswith(f"{made.settings.prefix}-database-subnets")
    [group] = json.loads(told["vpcSecurityGroupIds"])
    assert group.startswith("sg-")


def test_failures_are_told_to_the_warnings_topic() -> None:
    for name in ("backup-missing", "backup-failed", "backup-copy-failed", "backup-restore-failed"):
        assert learning().tells(name) == ["warning"]


def test_a_lock_allows_what_the_schedules_keep() -> None:
    [lock] = promising().of("backup/vaultLockConfiguration:VaultLockConfiguration").values()
    assert (lock["minRetentionDays"], lock["maxRetentionDays"]) == (7, 365)
    assert "changeableForDays" not in lock


@pytest.mark.proves("S0-18", "S0-78")
def test_a_dump_is_made_at_two_from_a_replica_into_a_bucket_of_its_own() -> None:
    stack = promising()
    [schedule] = stack.of("scheduler/schedule:Schedule").values()
    assert (schedule["scheduleExpression"], schedule["scheduleExpressionTimezone"]) == (
        "cron(0 2 * * ? *)",
        "UTC",
    )
    task = stack.of("ecs/taskDefinition:TaskDefinition")["dump-task-definition"]
    [container] = json.loads(task["containerDefinitions"])
    told = {one["name"]: one["value"] for one in container["environment"]}
    [replica] = [
        item for item in stack.simulation.of_type("aws:rds/instance:Instance") if "replica" in item.name
    ]
    assert told["PGHOST"] == replica.outputs["address"]
    assert told["BUCKET"].startswith("next-prod-dumps-")
    lifecycle = stack.of("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")["dumps"]
    days = [rule["expiration"]["days"] for rule in lifecycle["rules"] if "days" in rule.get("expiration", {})]
    assert days == [365]


def test_its_image_is_the_server_s_version_of_a_registry_that_is_made_for_it() -> None:
    stack = promising()
    task = stack.of("ecs/taskDefinition:TaskDefinition")["dump-task-definition"]
    [container] = json.loads(task["containerDefinitions"])
    assert container["image"] == f"{stack.outputs['dump_image_registry']}:16"


def test_a_cluster_of_mysql_is_dumped_from_its_readers() -> None:
    stack = several()
    task = stack.of("ecs/taskDefinition:TaskDefinition")["dump-task-definition"]
    [container] = json.loads(task["containerDefinitions"])
    told = {one["name"]: one["value"] for one in container["environment"]}
    [cluster] = stack.simulation.of_type("aws:rds/cluster:Cluster")
    assert told["MYSQL_HOST"] == cluster.outputs["readerEndpoint"]
    assert (told["MYSQL_TCP_PORT"], told["MYSQL_DATABASE"]) == ("3306", "production_database")
    assert container["command"][2].count("mysqldump ") == 1


def test_its_dumps_are_copied_to_the_second_region_in_time() -> None:
    stack = several()
    [copied] = [
        made
        for name, made in stack.of("s3/bucketReplicationConfig:BucketReplicationConfig").items()
        if name == "dumps-copy"
    ]
    assert copied["bucket"] == stack.outputs["dump_bucket"]
    [rule] = copied["rules"]
    target = rule["destination"]
    assert target["bucket"] == f"arn:aws:s3:::{stack.outputs['dump_copy_bucket']}"
    assert target["encryptionConfiguration"] == {"replicaKmsKeyId": stack.outputs["copies_key_arn"]}
    assert target["replicationTime"] == {"status": "Enabled", "time": {"minutes": 15}}
    assert rule["sourceSelectionCriteria"] == {"sseKmsEncryptedObjects": {"status": "Enabled"}}
    assert stack.of("s3/bucket:Bucket")["dumps-copy"]["region"] == stack.settings.regions.second
    lifecycle = stack.of("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")["dumps-copy"]
    days = [rule["expiration"]["days"] for rule in lifecycle["rules"] if "days" in rule.get("expiration", {})]
    assert days == [365]


def test_dumps_stay_where_nobody_asked_for_copies() -> None:
    assert "dumps-copy" not in promising().of("s3/bucket:Bucket")
    assert "dump_copy_bucket" not in promising().outputs


def test_its_failures_are_told_to_the_warnings_topic() -> None:
    assert promising().tells("dump-failed") == ["warning"]


@pytest.mark.proves("S1-43")
def test_dev_keeps_nothing() -> None:
    dev = watched("learning-assistant-dev")
    assert dev.answers["vaults"] == []
    assert dev.of("scheduler/schedule:Schedule") == {}
