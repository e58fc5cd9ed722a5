"""What AWS Backup keeps while something hangs on it, and by which ids its parts are imported."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_import_ids import imported
from tests.simcloud.test_in_use import World

VAULT, PLAN, SELECTION = "aws:backup/vault:Vault", "aws:backup/plan:Plan", "aws:backup/selection:Selection"
TEST_PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
TEST_SELECTION = "aws:backup/restoreTestingSelection:RestoreTestingSelection"
TRUST = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", '
    '"Principal": {"Service": "backup.amazonaws.com"}}]}'
)


@pytest.fixture
def world() -> World:
    return World()


def role(world: World) -> Any:
    return world.make("aws:iam/role:Role", name="backup", assumeRolePolicy=TRUST).outputs["arn"]


def remove(world: World, token: str, resource: Resource) -> None:
    world.provider.delete(
        f"urn:pulumi:test::plinth::{token}::it", token, resource.identity, resource.inputs, resource.outputs
    )


def test_plan_outlives_its_selections_only(world: World) -> None:
    world.make(VAULT, name="la")
    plan = world.make(PLAN, name="la", rules=[{"ruleName": "daily", "targetVaultName": "la"}])
    made = world.make(SELECTION, name="all", planId=plan.identity, iamRoleArn=role(world), resources=["*"])
    with pytest.raises(Refusal, match="selections must be deleted prior"):
        remove(world, PLAN, plan)
    assert imported(world, SELECTION, f"{plan.identity}|{made.identity}") == made.identity
    remove(world, SELECTION, made)
    remove(world, PLAN, plan)


def test_restore_testing_plan_outlives_its_selections_only(world: World) -> None:
    chosen = {"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": ["*"], "recoveryPointTypes": ["SNAPSHOT"]}
    plan = world.make(
        TEST_PLAN, name="weekly", scheduleExpression="cron(0 1 ? * SUN *)", recoveryPointSelection=chosen
    )
    made = world.make(
        TEST_SELECTION,
        name="databases",
        restoreTestingPlanName="weekly",
        iamRoleArn=role(world),
        protectedResourceType="RDS",
        protectedResourceArns=["*"],
    )
    with pytest.raises(Refusal, match="still has restore testing selections"):
        remove(world, TEST_PLAN, plan)
    assert imported(world, TEST_SELECTION, "databases:weekly") == made.identity
    remove(world, TEST_SELECTION, made)
    remove(world, TEST_PLAN, plan)


def test_name_of_a_deleted_plan_is_free_again(world: World) -> None:
    world.make(VAULT, name="la")
    rules = [{"ruleName": "daily", "targetVaultName": "la"}]
    first = world.make(PLAN, name="la", rules=rules)
    remove(world, PLAN, first)
    assert world.make(PLAN, name="la", rules=rules).identity != first.identity


def test_schedule_of_a_plan_is_read_over_http_too(world: World) -> None:
    world.make(VAULT, name="la")
    rule = {"RuleName": "daily", "TargetBackupVaultName": "la", "ScheduleExpression": "cron(0 5 * * * *)"}
    with pytest.raises(ClientError, match="exactly one of day-of-month and day-of-week"):
        world.ctx.client("backup").create_backup_plan(BackupPlan={"BackupPlanName": "la", "Rules": [rule]})


def test_a_version_of_a_plan_is_new_after_each_change(world: World) -> None:
    world.make(VAULT, name="la")
    plan = world.make(PLAN, name="la", rules=[{"ruleName": "daily", "targetVaultName": "la"}])
    backup = world.ctx.client("backup")
    rules = [{"RuleName": "weekly", "TargetBackupVaultName": "la"}]
    changed = backup.update_backup_plan(
        BackupPlanId=plan.identity, BackupPlan={"BackupPlanName": "la", "Rules": rules}
    )
    assert changed["VersionId"] != plan.outputs["version"]
    assert backup.get_backup_plan(BackupPlanId=plan.identity)["VersionId"] == changed["VersionId"]
