"""The MueJam Library's backups, second region and costs, held against its document."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.stacks.systems.muejam_library import databases
from tests.stacks.systems.standing import System, standing

ACCOUNT = "123456789012"
SECOND = "us-west-2"


@pytest.fixture
def production() -> System:
    return standing("muejam-library-production")


@pytest.mark.proves("S4-44", "S4-16")
def test_thirty_days_of_backups_stay_in_both_regions(production: System) -> None:
    primary, *_ = databases(production)
    assert primary["BackupRetentionPeriod"] == 30
    [there] = production.client("rds", SECOND).describe_db_instance_automated_backups()[
        "DBInstanceAutomatedBackups"
    ]
    assert there["DBInstanceArn"] == primary["DBInstanceArn"]
    assert (there["Status"], there["BackupRetentionPeriod"]) == ("replicating", 30)
    assert there["KmsKeyId"].startswith(f"arn:aws:kms:{SECOND}:")


@pytest.mark.proves("S4-44", "S4-46")
def test_any_second_of_the_last_days_can_be_restored(production: System) -> None:
    primary, *_ = databases(production)
    moment = primary["LatestRestorableTime"] - timedelta(minutes=5)
    production.client("rds").restore_db_instance_to_point_in_time(
        SourceDBInstanceIdentifier=primary["DBInstanceIdentifier"],
        TargetDBInstanceIdentifier="restored",
        RestoreTime=moment,
    )
    try:
        [restored] = [one for one in databases(production) if one["DBInstanceIdentifier"] == "restored"]
        assert (restored["Engine"], restored["DBName"]) == ("postgres", "muejam")
    finally:
        production.client("rds").modify_db_instance(DBInstanceIdentifier="restored", DeletionProtection=False)
        production.client("rds").delete_db_instance(DBInstanceIdentifier="restored", SkipFinalSnapshot=True)


@pytest.mark.proves("S4-44", "S4-16")
def test_a_backup_is_made_every_day_and_copied_to_the_second_region(production: System) -> None:
    backups = production.client("backup")
    [plan] = backups.list_backup_plans()["BackupPlansList"]
    rules = backups.get_backup_plan(BackupPlanId=plan["BackupPlanId"])["BackupPlan"]["Rules"]
    daily = {rule["RuleName"]: rule for rule in rules}["daily"]
    assert daily["ScheduleExpression"] == "cron(0 3 * * ? *)"
    [vault] = production.client("backup", SECOND).list_backup_vaults()["BackupVaultList"]
    assert [copy["DestinationBackupVaultArn"] for copy in daily["CopyActions"]] == [vault["BackupVaultArn"]]


@pytest.mark.proves("S4-45", "S4-50", "S4-16")
def test_files_have_versions_a_life_and_a_copy(production: System) -> None:
    s3, bucket = production.client("s3"), production.outputs["upload_bucket"]
    copy = production.outputs["upload_copy_bucket"]
    for name in (bucket, copy):
        assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
        rules = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
        assert [rule["Transitions"] for rule in rules if "Transitions" in rule] == [
            [{"Days": 90, "StorageClass": "STANDARD_IA"}]
        ]
    assert s3.get_bucket_location(Bucket=copy)["LocationConstraint"] == SECOND
    [rule] = s3.get_bucket_replication(Bucket=bucket)["ReplicationConfiguration"]["Rules"]
    assert (rule["Status"], rule["Filter"], rule["Destination"]["Bucket"]) == (
        "Enabled",
        {"Prefix": ""},
        f"arn:aws:s3:::{copy}",
    )


@pytest.mark.proves("S4-51")
@pytest.mark.parametrize("environment", ["production"])
def test_costs_are_told_before_they_are_reached(environment: str) -> None:
    system = standing(f"muejam-library-{environment}")
    budgets: Any = system.client("budgets")
    [budget] = budgets.describe_budgets(AccountId=ACCOUNT)["Budgets"]
    assert budget["CostFilters"] == {"TagKeyValue": [f"user:Stack$muejam-library-{environment}"]}
    assert (budget["TimeUnit"], budget["BudgetType"]) == ("MONTHLY", "COST")
    told = budgets.describe_notifications_for_budget(AccountId=ACCOUNT, BudgetName=budget["BudgetName"])
    assert {(one["NotificationType"], one["Threshold"]) for one in told["Notifications"]} >= {
        ("ACTUAL", 80),
        ("ACTUAL", 100),
        ("FORECASTED", 100),
    }
    [monitor] = system.client("ce").get_anomaly_monitors()["AnomalyMonitors"]
    [heard] = system.client("ce").get_anomaly_subscriptions()["AnomalySubscriptions"]
    assert heard["MonitorArnList"] == [monitor["MonitorArn"]]
    assert [one["Address"] for one in heard["Subscribers"]] == [system.outputs["warning_topic_arn"]]
