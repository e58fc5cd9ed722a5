"""What the Learning Assistant's three environments are for, held against its document."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.stacks.systems.standing import System, bring_up, standing

# What staging does without: the account's own watch, copies elsewhere, the view from outside, a way in for
# administrators, evenings, and locks against deletion.
ONLY_PRODUCTION = {
    "aws:accessanalyzer/analyzer:Analyzer",
    "aws:appautoscaling/scheduledAction:ScheduledAction",
    "aws:backup/vaultPolicy:VaultPolicy",
    "aws:cfg/deliveryChannel:DeliveryChannel",
    "aws:cfg/recorder:Recorder",
    "aws:cfg/recorderStatus:RecorderStatus",
    "aws:cfg/rule:Rule",
    "aws:cloudtrail/trail:Trail",
    "aws:ec2/instance:Instance",
    "aws:guardduty/detector:Detector",
    "aws:guardduty/detectorFeature:DetectorFeature",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/policy:Policy",
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    "aws:route53/healthCheck:HealthCheck",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "aws:securityhub/account:Account",
    "aws:securityhub/standardsSubscription:StandardsSubscription",
}


@pytest.fixture
def production() -> System:
    return standing("learning-assistant-production")


@pytest.mark.proves("S1-45")
def test_production_is_redundant_and_not_deleted_in_passing(production: System) -> None:
    databases = production.client("rds")
    with pytest.raises(ClientError, match="deletion protection"):
        databases.delete_db_instance(DBInstanceIdentifier="la-prod-database-primary", SkipFinalSnapshot=True)
    balancers = production.client("elbv2")
    [balancer] = balancers.describe_load_balancers()["LoadBalancers"]
    with pytest.raises(ClientError, match="OperationNotPermitted"):
        balancers.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
    policy = production.client("backup").get_backup_vault_access_policy(
        BackupVaultName=production.outputs["backup_vault"]
    )
    denied = [one for one in json.loads(policy["Policy"])["Statement"] if one["Effect"] == "Deny"]
    assert "backup:DeleteRecoveryPoint" in {action for one in denied for action in one["Action"]}


@pytest.mark.proves("S1-44")
def test_staging_is_watched_and_made_like_production(production: System) -> None:
    kinds, watched = _kinds(production), {alarm.split("-")[0] for alarm in _alarms(production)}
    staging = standing("learning-assistant-staging")
    assert kinds - _kinds(staging) == ONLY_PRODUCTION
    assert watched - {alarm.split("-")[0] for alarm in _alarms(staging)} == {"audit", "uptime"}
    [database] = staging.client("rds").describe_db_instances(DBInstanceIdentifier="la-stg-database-primary")[
        "DBInstances"
    ]
    assert (database["MultiAZ"], database["BackupRetentionPeriod"]) == (True, 7)


@pytest.mark.proves("S1-43")
def test_dev_is_small_watched_a_little_and_not_backed_up() -> None:
    dev = standing("learning-assistant-dev")
    [database] = dev.client("rds").describe_db_instances()["DBInstances"]
    assert (database["DBInstanceClass"], database["MultiAZ"], database["BackupRetentionPeriod"]) == (
        "db.t4g.micro",
        False,
        0,
    )
    assert dev.client("backup").list_backup_plans()["BackupPlansList"] == []
    assert dev.client("elasticache").describe_cache_clusters()["CacheClusters"][0]["CacheNodeType"] == (
        "cache.t4g.micro"
    )
    [service] = dev.inputs("aws:ecs/service:Service").values()
    assert service["desiredCount"] == 1
    # What users meet, and nothing else.
    assert {name.split("-")[0] for name in _alarms(dev)} == {"gateway", "web"}
    # Relaxed: whoever may delete something may.
    assert database["DeletionProtection"] is False
    assert (
        len(dev.simulation.standing) < len(standing("learning-assistant-staging").simulation.standing) * 0.7
    )


@pytest.mark.proves("S1-45")
def test_production_is_deployed_only_by_what_a_person_let_pass() -> None:
    system = bring_up("learning-assistant-production", {"ci": {"repository": "learning/assistant"}})
    role = system.outputs["deploy_role_arn"].rsplit("/", 1)[-1]
    [trusted] = system.client("iam").get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"]
    [subject] = [
        value for test in trusted["Condition"].values() for key, value in test.items() if key.endswith(":sub")
    ]
    assert subject == "repo:learning/assistant:environment:production"


def _kinds(system: System) -> set[str]:
    return {item.type for item in system.simulation.standing.values()}


def _alarms(system: System) -> set[str]:
    """Without the prefix, and without those that scaling makes for itself."""
    found = system.client("cloudwatch").describe_alarms()["MetricAlarms"]
    prefix = f"{system.settings.prefix}-"
    return {one["AlarmName"].removeprefix(prefix) for one in found if one["AlarmName"].startswith(prefix)}
