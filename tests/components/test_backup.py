"""Backups: what is made when, where it is kept, who can delete it, whether it can be restored, and who is told."""

import json
from typing import Any

import pulumi_aws as aws
import pytest

from components.backup import (
    DAILY,
    MONTHLY,
    WEEKLY,
    Backup,
    BackupArgs,
    RestoreTest,
    Schedule,
    Selection,
    VaultLock,
    VaultLockMode,
)
from components.backup_vault import vault_policy
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

NAME, WEST = "la-prod-backup", "us-west-2"
TAGGED = {"environment": Selection(tags={"Environment": "production", "Backup": "yes"})}
LOCK = VaultLock(mode=VaultLockMode.COMPLIANCE, min_days=7, max_days=400, cooling_off_days=3)
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:critical"


def backup(**more: Any) -> Backup:
    return Backup(NAME, BackupArgs(**{"selections": TAGGED, **more}))


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """Everything on, standing in the simulated AWS."""
    simulation = Simulation()

    def program() -> None:
        topic = aws.sns.Topic("critical")
        metadata = {"RDS": {"dbSubnetGroupName": "la-prod-database"}}
        test = RestoreTest(resource_types=["RDS", "S3"], metadata=metadata)
        backup(
            lock=LOCK, copy_region=WEST, restore_test=test, topic_arn=topic.arn, s3=True, tags={"team": "a"}
        )

    simulation.run(program)
    return simulation


def plan(simulation: Simulation) -> Any:
    client = simulation.client("backup")
    [found] = client.list_backup_plans()["BackupPlansList"]
    return client.get_backup_plan(BackupPlanId=found["BackupPlanId"])


def vault(simulation: Simulation, region: str | None = None) -> Any:
    client = simulation.client("backup", region)
    [found] = client.list_backup_vaults()["BackupVaultList"]
    return client.describe_backup_vault(BackupVaultName=found["BackupVaultName"])


@pytest.mark.proves("S0-79", "S1-20")
def test_aws_keeps_seven_daily_four_weekly_and_twelve_monthly(deployed: Simulation) -> None:
    rules = plan(deployed)["BackupPlan"]["Rules"]
    assert [
        (rule["RuleName"], rule["ScheduleExpression"], rule["Lifecycle"]["DeleteAfterDays"]) for rule in rules
    ] == [
        ("daily", "cron(0 3 * * ? *)", 7),
        ("weekly", "cron(0 4 ? * SUN *)", 28),
        ("monthly", "cron(0 5 1 * ? *)", 365),
    ]
    assert {rule["TargetBackupVaultName"] for rule in rules} == {vault(deployed)["BackupVaultName"]}
    assert [rule["RecoveryPointTags"] for rule in rules] == [
        {"team": "a", "plinth:schedule": name} for name in ("daily", "weekly", "monthly")
    ]


@pytest.mark.proves("S1-58")
def test_aws_copies_every_backup_to_the_second_region(deployed: Simulation) -> None:
    copies = [rule["CopyActions"] for rule in plan(deployed)["BackupPlan"]["Rules"]]
    west = vault(deployed, WEST)["BackupVaultArn"]
    assert west.split(":")[3] == WEST
    assert [
        [(copy["DestinationBackupVaultArn"], copy["Lifecycle"]["DeleteAfterDays"]) for copy in actions]
        for actions in copies
    ] == [[(west, 7)], [(west, 28)], [(west, 365)]]


@pytest.mark.proves("S0-57", "S1-20")
@pytest.mark.parametrize("region", [None, WEST])
def test_aws_encrypts_locks_and_guards_each_vault(deployed: Simulation, region: str | None) -> None:
    found = vault(deployed, region)
    alias = f"alias/{NAME}" if region is None else f"alias/{NAME}-copy"
    key = deployed.client("kms", region).describe_key(KeyId=alias)["KeyMetadata"]
    assert found["EncryptionKeyArn"] == key["Arn"]
    assert (found["Locked"], found["MinRetentionDays"], found["MaxRetentionDays"]) == (True, 7, 400)
    client = deployed.client("backup", region)
    policy = client.get_backup_vault_access_policy(BackupVaultName=found["BackupVaultName"])["Policy"]
    assert json.loads(policy) == json.loads(vault_policy(found["BackupVaultArn"]))


def test_nobody_deletes_a_backup() -> None:
    early, whole = json.loads(vault_policy("arn:vault"))["Statement"]
    assert (early["Effect"], early["Principal"]) == ("Deny", "*")
    assert "backup:DeleteRecoveryPoint" in early["Action"]
    assert "backup:UpdateRecoveryPointLifecycle" in early["Action"]
    assert (whole["Action"], whole["Resource"]) == (["backup:DeleteBackupVault"], ["arn:vault"])


def test_aws_selects_by_all_tags_with_a_role_that_backup_takes(deployed: Simulation) -> None:
    client, found = deployed.client("backup"), plan(deployed)
    [listed] = client.list_backup_selections(BackupPlanId=found["BackupPlanId"])["BackupSelectionsList"]
    selection = client.get_backup_selection(
        BackupPlanId=found["BackupPlanId"], SelectionId=listed["SelectionId"]
    )["BackupSelection"]
    assert selection["Resources"] == ["*"]
    assert selection["Conditions"]["StringEquals"] == [
        {"ConditionKey": "aws:ResourceTag/Environment", "ConditionValue": "production"},
        {"ConditionKey": "aws:ResourceTag/Backup", "ConditionValue": "yes"},
    ]
    iam, role = deployed.client("iam"), selection["IamRoleArn"].rsplit("/", 1)[-1]
    [trusted] = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"]
    assert trusted["Principal"] == {"Service": "backup.amazonaws.com"}
    assert trusted["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    assert {policy["PolicyName"] for policy in attached} == {
        "AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForRestores",
        "AWSBackupServiceRolePolicyForS3Backup",
        "AWSBackupServiceRolePolicyForS3Restore",
    }


@pytest.mark.proves("S1-59")
def test_aws_restores_every_week_to_see_whether_it_works(deployed: Simulation) -> None:
    client = deployed.client("backup")
    test = client.get_restore_testing_plan(RestoreTestingPlanName="la_prod_backup")["RestoreTestingPlan"]
    assert test["ScheduleExpression"] == "cron(0 9 ? * MON *)"
    assert test["RecoveryPointSelection"]["Algorithm"] == "LATEST_WITHIN_WINDOW"
    assert test["RecoveryPointSelection"]["IncludeVaults"] == [vault(deployed)["BackupVaultArn"]]
    found = {
        kind: client.get_restore_testing_selection(
            RestoreTestingPlanName="la_prod_backup", RestoreTestingSelectionName=f"la_prod_backup_{kind}"
        )["RestoreTestingSelection"]
        for kind in ("rds", "s3")
    }
    assert {kind: item["ProtectedResourceType"] for kind, item in found.items()} == {"rds": "RDS", "s3": "S3"}
    assert found["rds"]["RestoreMetadataOverrides"] == {"dbSubnetGroupName": "la-prod-database"}
    assert found["rds"]["ProtectedResourceArns"] == ["*"]


def test_silence_and_failures_are_told(deployed: Simulation) -> None:
    alarms = {
        alarm["AlarmName"].removeprefix(f"{NAME}-"): alarm
        for alarm in deployed.client("cloudwatch").describe_alarms()["MetricAlarms"]
    }
    assert set(alarms) == {"missing", "failed", "copy-failed", "restore-failed"}
    silence = alarms["missing"]
    assert (silence["ComparisonOperator"], silence["Threshold"]) == ("LessThanThreshold", 1)
    assert (silence["EvaluationPeriods"], silence["DatapointsToAlarm"]) == (6, 6)
    assert silence["TreatMissingData"] == "breaching"
    metric = silence["Metrics"][0]["MetricStat"]
    assert (metric["Metric"]["MetricName"], metric["Period"]) == ("NumberOfBackupJobsCompleted", 6 * 3600)
    name = vault(deployed)["BackupVaultName"]
    assert metric["Metric"]["Dimensions"] == [{"Name": "BackupVaultName", "Value": name}]
    failed = alarms["failed"]
    assert failed["TreatMissingData"] == "notBreaching"
    assert failed["Metrics"][0]["Expression"] == "FILL(m0, 0) + FILL(m1, 0)"
    assert {alarm["AlarmActions"][0].split(":")[2] for alarm in alarms.values()} == {"sns"}


def test_without_a_topic_a_copy_or_a_test_nothing_of_them_is_made(cloud: Cloud) -> None:
    made = cloud.deploy(backup)
    assert sorted({item.type for item in cloud.made}) == [
        "Alias",
        "Key",
        "Plan",
        "Role",
        "RolePolicyAttachment",
        "Selection",
        "Vault",
        "VaultPolicy",
    ]
    assert all("copyActions" not in rule for rule in cloud.one("Plan").inputs["rules"])
    assert made.copy_vault_arn is None


def test_arns_are_selected_as_they_are(cloud: Cloud) -> None:
    database, logs = "arn:aws:rds:us-east-1:1:db:d", "arn:aws:s3:::logs"
    cloud.deploy(lambda: backup(selections={"data": Selection(arns=[database], except_arns=[logs])}))
    selection = cloud.one("Selection").inputs
    assert (selection["resources"], selection["notResources"]) == ([database], [logs])
    assert "conditions" not in selection


def test_a_governance_lock_has_no_cooling_off(cloud: Cloud) -> None:
    cloud.deploy(lambda: backup(lock=VaultLock(mode=VaultLockMode.GOVERNANCE, min_days=7)))
    assert set(cloud.one("VaultLockConfiguration").inputs) == {"backupVaultName", "minRetentionDays"}


def test_a_compliance_lock_can_be_taken_back_for_three_days(cloud: Cloud) -> None:
    cloud.deploy(lambda: backup(lock=LOCK))
    assert cloud.one("VaultLockConfiguration").inputs["changeableForDays"] == 3


def test_schedules_are_data(cloud: Cloud) -> None:
    hourly = Schedule(name="hourly", cron="cron(0 * * * ? *)", keep_days=35, continuous=True, copy=False)
    yearly = Schedule(
        name="yearly", cron="cron(0 6 1 1 ? *)", keep_days=2555, cold_after_days=90, copy_keep_days=180
    )
    cloud.deploy(lambda: backup(schedules=[hourly, yearly], copy_vault_arn="arn:aws:backup:eu-west-1:9:v"))
    first, second = cloud.one("Plan").inputs["rules"]
    assert first["enableContinuousBackup"] is True
    assert "copyActions" not in first
    assert second["lifecycle"] == {"deleteAfter": 2555, "coldStorageAfter": 90}
    assert second["copyActions"] == [
        {
            "destinationVaultArn": "arn:aws:backup:eu-west-1:9:v",
            "lifecycle": {"deleteAfter": 180, "coldStorageAfter": 90},
        }
    ]
    assert [schedule.keep_days for schedule in (DAILY, WEEKLY, MONTHLY)] == [7, 28, 365]


def test_an_existing_vault_and_role_are_used() -> None:
    simulation = Simulation()
    simulation.client("backup").create_backup_vault(BackupVaultName="theirs")
    trust = {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = simulation.client("iam").create_role(RoleName="theirs", AssumeRolePolicyDocument=document)["Role"]
    simulation.run(lambda: backup(existing_vault="theirs", existing_role_arn=role["Arn"]))
    made = sorted(item.type for item in simulation.registered if item.type.startswith("aws:"))
    assert made == ["aws:backup/plan:Plan", "aws:backup/selection:Selection"]
    assert plan(simulation)["BackupPlan"]["Rules"][0]["TargetBackupVaultName"] == "theirs"


def test_vaults_and_keys_are_protected(cloud: Cloud) -> None:
    cloud.deploy(lambda: backup(copy_region=WEST, protect=True))
    assert {item.type for item in cloud.made if item.protect} == {"Vault", "Key"}
    assert {item.inputs.get("region") for item in cloud.of("Vault")} == {None, WEST}


def test_given_keys_are_used(cloud: Cloud) -> None:
    cloud.deploy(lambda: backup(kms_key_arn="key-1", copy_region=WEST, copy_kms_key_arn="key-2"))
    assert {item.inputs["kmsKeyArn"] for item in cloud.of("Vault")} == {"key-1", "key-2"}
    assert cloud.of("Key") == []
