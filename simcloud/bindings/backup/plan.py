from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings._words import from_api, to_api
from simcloud.bindings.backup import _plan_rules, _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, without_none

_WORDS = {
    "targetVaultName": "TargetBackupVaultName",
    "targetLogicallyAirGappedBackupVaultArn": "TargetLogicallyAirGappedBackupVaultArn",
    "schedule": "ScheduleExpression",
    "startWindow": "StartWindowMinutes",
    "completionWindow": "CompletionWindowMinutes",
    "coldStorageAfter": "MoveToColdStorageAfterDays",
    "deleteAfter": "DeleteAfterDays",
    "destinationVaultArn": "DestinationBackupVaultArn",
}
# Maps whose keys are people's own, not the provider's.
_FREE = ("recoveryPointTags", "backupOptions")
_DEFAULTS = {"completionWindow": 180, "startWindow": 60, "scheduleExpressionTimezone": "Etc/UTC"}


class Plan(Binding):
    """When backups are made and how long they are kept."""

    token = "aws:backup/plan:Plan"
    service = "backup"
    operation = "create_backup_plan"
    parameters = {"BackupPlan.BackupPlanName": "name", "BackupPlan.Rules": "rules"}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=50)
    tagging = _tagging.BACKUP
    references = (
        Reference("rules[].targetVaultName", "backup_vault"),
        Reference("rules[].copyActions[].destinationVaultArn", "backup_copy_vault"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        rules = new["rules"]
        plan = {
            "BackupPlanName": new["name"],
            "Rules": [_filled(rule) for rule in rules] if isinstance(rules, list) else rules,
            "AdvancedBackupSettings": _listed(new.get("advancedBackupSettings")),
            "ScanSettings": _listed(new.get("scanSettings")),
        }
        return {"BackupPlan": without_none(plan)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["BackupPlanId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        names = ("rules", "advancedBackupSettings", "scanSettings")
        if old and any(new.get(name) != old.get(name) for name in names):
            ctx.client("backup").update_backup_plan(BackupPlanId=identity, **self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("backup").get_backup_plan(BackupPlanId=identity)
        if "DeletionDate" in found:
            return None
        plan = found["BackupPlan"]
        rules = [{key: item for key, item in rule.items() if key != "RuleId"} for rule in plan["Rules"]]
        return {
            "arn": found["BackupPlanArn"],
            "name": plan["BackupPlanName"],
            "version": found["VersionId"],
            "rules": [_props(rule) for rule in rules],
            "advancedBackupSettings": [_props(item) for item in plan.get("AdvancedBackupSettings", ())]
            or None,
            "scanSettings": [_props(item) for item in plan.get("ScanSettings", ())] or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("backup").delete_backup_plan(BackupPlanId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _plan_rules.problems(new)


def _filled(rule: Value) -> Value:
    return rule if isinstance(rule, Unknown) else _params({**_DEFAULTS, **rule})


def _listed(items: Value) -> Value:
    return [_params(item) for item in items] if isinstance(items, list) else items


def _params(item: Value) -> Value:
    if isinstance(item, Unknown):
        return item
    free = {key[0].upper() + key[1:]: value for key, value in item.items() if key in _FREE}
    return {**to_api({key: value for key, value in item.items() if key not in _FREE}, _WORDS), **free}


def _props(item: Mapping[str, Any]) -> Props:
    free = {key: item[name] for key in _FREE if (name := key[0].upper() + key[1:]) in item}
    plain: Props = from_api(item, _WORDS)
    return {**plain, **free}
