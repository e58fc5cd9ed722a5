from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import schedule_expression
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings._words import from_api, to_api
from simcloud.bindings.backup import _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# Provider's documentation of `backup.RestoreTestingPlan`.
_NAME = re.compile(r"[A-Za-z0-9_]{1,50}")
_MUTABLE = ("recoveryPointSelection", "scheduleExpression", "scheduleExpressionTimezone", "startWindowHours")


class RestoreTestingPlan(Binding):
    """When it is tried whether backups can be restored. The id is the name; none is ever tried here."""

    token = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
    service = "backup"
    operation = "create_restore_testing_plan"
    parameters = {
        "RestoreTestingPlan.RestoreTestingPlanName": "name",
        "RestoreTestingPlan.RecoveryPointSelection": "recoveryPointSelection",
        "RestoreTestingPlan.ScheduleExpression": "scheduleExpression",
    }
    replaces = frozenset({"name"})
    autoname = AutoName(limit=50)
    tagging = _tagging.BACKUP

    def request(self, ctx: Context, new: Props) -> Params:
        return {"RestoreTestingPlan": {"RestoreTestingPlanName": new["name"], **_mutable(new)}}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["RestoreTestingPlanName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and _mutable(new) != _mutable(old):
            ctx.client("backup").update_restore_testing_plan(
                RestoreTestingPlanName=identity, RestoreTestingPlan=_mutable(new)
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("backup").get_restore_testing_plan(RestoreTestingPlanName=identity)
        plan = found["RestoreTestingPlan"]
        return {
            "arn": plan["RestoreTestingPlanArn"],
            "name": plan["RestoreTestingPlanName"],
            "scheduleExpression": plan["ScheduleExpression"],
            "scheduleExpressionTimezone": plan["ScheduleExpressionTimezone"],
            "startWindowHours": plan["StartWindowHours"],
            "recoveryPointSelection": from_api(plan["RecoveryPointSelection"], {}),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("backup").delete_restore_testing_plan(RestoreTestingPlanName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, schedule, zone = new["name"], new["scheduleExpression"], new.get("scheduleExpressionTimezone")
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield _invalid(f"the name {name!r} may hold 1 to 50 letters, digits and underscores.", "name")
        wrong = schedule_expression.problem(schedule, ("cron",)) if isinstance(schedule, str) else ""
        if wrong:
            yield _invalid(wrong, "scheduleExpression")
        if isinstance(zone, str) and zone not in zoneinfo.available_timezones():
            yield _invalid(f"{zone!r} is no time zone.", "scheduleExpressionTimezone")
        yield from _within(new.get("startWindowHours"), 1, 168, "startWindowHours")
        chosen = new["recoveryPointSelection"]
        if isinstance(chosen, dict):
            yield from _selection(chosen)


def _mutable(props: Props) -> Params:
    return without_none({name[0].upper() + name[1:]: to_api(props.get(name), {}) for name in _MUTABLE})


def _selection(chosen: Props) -> Iterator[Refusal]:
    # AWS: RestoreTestingRecoveryPointSelection, API reference; from memory of AWS's documentation, not verified.
    at = "recoveryPointSelection"
    yield from _within(chosen.get("selectionWindowDays"), 1, 365, f"{at}.selectionWindowDays")
    kinds = chosen.get("recoveryPointTypes")
    for position, kind in enumerate(kinds if isinstance(kinds, list) else ()):
        if isinstance(kind, str) and kind not in ("CONTINUOUS", "SNAPSHOT"):
            yield _invalid(f"{kind!r} is not CONTINUOUS or SNAPSHOT.", f"{at}.recoveryPointTypes[{position}]")
    for name in ("includeVaults", "excludeVaults"):
        vaults = chosen.get(name)
        for position, vault in enumerate(vaults if isinstance(vaults, list) else ()):
            if isinstance(vault, str) and vault != "*" and ":backup-vault:" not in vault:
                yield _invalid(f"{vault!r} is neither a vault's ARN nor '*'.", f"{at}.{name}[{position}]")


def _within(value: Any, low: int, high: int, path: str) -> Iterator[Refusal]:
    if isinstance(value, int | float) and not low <= value <= high:
        yield _invalid(f"{path} is {value:g}, must be {low} to {high}.", path)


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValueException", message, path)
