"""AWS Backup's plans as AWS answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.backup.exceptions import (
    AlreadyExistsException,
    InvalidParameterValueException,
    InvalidRequestException,
    ResourceNotFoundException,
)
from moto.backup.models import BackupBackend, Plan
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time

from simcloud import schedule_expression
from simcloud.patches import adds, around


@around(BackupBackend)
def create_backup_plan(
    original: Any, self: Any, backup_plan: dict[str, Any], backup_plan_tags: Any, creator_request_id: Any
) -> Plan:
    """AWS: refuses the same document twice; moto: the same name, even that of a plan which is long deleted."""
    _check(self, backup_plan)
    plan = Plan(backup_plan, creator_request_id, self)
    if any(_document(held) == _document(plan) for held in self.list_backup_plans(None)):
        raise AlreadyExistsException("Backup plan with the same plan document already exists")
    self.plans[plan.backup_plan_id] = plan
    self.tag_resource(plan.backup_plan_arn, backup_plan_tags or {})
    return plan


@adds(BackupResponse)
def update_backup_plan(self: Any) -> str:
    """AWS: makes a new version of the plan; moto: not implemented."""
    backend, wanted = self.backup_backend, json.loads(self.body)["BackupPlan"]
    plan = backend.get_backup_plan(self.path.split("/plans/")[-1].strip("/"), None)
    _check(backend, wanted)
    fresh = Plan(wanted, plan.creator_request_id, backend)
    plan.backup_plan, plan.version_id = fresh.backup_plan, fresh.version_id
    plan.advanced_backup_settings = fresh.advanced_backup_settings
    plan.creation_date = unix_time()
    return json.dumps(plan.to_dict())


@around(BackupBackend)
def delete_backup_plan(original: Any, self: Any, backup_plan_id: str) -> Any:
    """AWS: a plan goes after its selections, and only once; moto: knows no selections."""
    plan = self.get_backup_plan(backup_plan_id, None)
    if plan.deletion_date is not None:
        raise ResourceNotFoundException("Failed reading Backup plan with provided version")
    selections = vars(self).get("selections", {}).values()
    if any(selection["BackupPlanId"] == backup_plan_id for selection in selections):
        raise InvalidRequestException(
            "Related backup plan selections must be deleted prior to backup plan deletion."
        )
    return original(self, backup_plan_id)


def _document(plan: Plan) -> Any:
    rules = [
        {key: item for key, item in rule.items() if key != "RuleId"} for rule in plan.backup_plan["Rules"]
    ]
    return {**plan.backup_plan, "Rules": rules}


def _check(backend: Any, plan: dict[str, Any]) -> None:
    """AWS: reads schedules and lifecycles and looks for the vaults; moto: keeps what it is given."""
    for rule in plan["Rules"]:
        backend.describe_backup_vault(rule["TargetBackupVaultName"])
        wrong = schedule_expression.problem(rule.get("ScheduleExpression", "cron(0 5 ? * * *)"), ("cron",))
        if wrong:
            raise InvalidParameterValueException(f"Provided ScheduleExpression is invalid: {wrong}")
        lifecycle = rule.get("Lifecycle") or {}
        cold, delete = lifecycle.get("MoveToColdStorageAfterDays"), lifecycle.get("DeleteAfterDays")
        if cold is not None and delete is not None and 0 < delete < cold + 90:
            raise InvalidParameterValueException(
                "DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays"
            )
