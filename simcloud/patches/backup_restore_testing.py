"""Tests of restoring from backups, which moto lacks: plans, and what they select."""

from __future__ import annotations

import json
from typing import Any

from moto.backup import urls
from moto.backup.exceptions import AlreadyExistsException, InvalidRequestException, ResourceNotFoundException
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from simcloud.patches import adds

Record = dict[str, Any]
Reply = tuple[int, dict[str, Any], str]


@adds(BackupResponse)
def create_restore_testing_plan(self: Any) -> Reply:
    """AWS: keeps a plan; moto: not implemented."""
    given = json.loads(self.body)
    plan = {"ScheduleExpressionTimezone": "Etc/UTC", "StartWindowHours": 24, **given["RestoreTestingPlan"]}
    name = plan["RestoreTestingPlanName"]
    if name in _plans(self):
        raise AlreadyExistsException(f"Restore testing plan {name} already exists")
    backend = self.backup_backend
    where = f"arn:{backend.partition}:backup:{backend.region_name}:{backend.account_id}"
    plan["RestoreTestingPlanArn"] = f"{where}:restore-testing-plan:{name}-{mock_random.uuid4()}"
    plan["CreationTime"] = plan["LastUpdateTime"] = unix_time()
    plan["RecoveryPointSelection"] = {"SelectionWindowDays": 30, **plan["RecoveryPointSelection"]}
    _plans(self)[name] = {"plan": plan, "selections": {}}
    backend.tag_resource(plan["RestoreTestingPlanArn"], given.get("Tags") or {})
    return _reply(201, plan)


@adds(BackupResponse)
def get_restore_testing_plan(self: Any) -> Reply:
    """AWS: tells one; moto: not implemented."""
    return _reply(200, {"RestoreTestingPlan": _held(self)["plan"]})


@adds(BackupResponse)
def list_restore_testing_plans(self: Any) -> Reply:
    """AWS: lists them; moto: not implemented."""
    return _reply(200, {"RestoreTestingPlans": [held["plan"] for held in _plans(self).values()]})


@adds(BackupResponse)
def update_restore_testing_plan(self: Any) -> Reply:
    """AWS: changes what is given; moto: not implemented."""
    plan = _held(self)["plan"]
    plan.update(json.loads(self.body)["RestoreTestingPlan"], LastUpdateTime=unix_time())
    return _reply(200, {**plan, "UpdateTime": plan["LastUpdateTime"]})


@adds(BackupResponse)
def delete_restore_testing_plan(self: Any) -> Reply:
    """AWS: removes a plan after its selections; moto: not implemented."""
    held = _held(self)
    if held["selections"]:
        raise InvalidRequestException("The restore testing plan still has restore testing selections.")
    del _plans(self)[held["plan"]["RestoreTestingPlanName"]]
    return _reply(204, None)


@adds(BackupResponse)
def create_restore_testing_selection(self: Any) -> Reply:
    """AWS: keeps what a plan tests; moto: not implemented."""
    plan = _held(self)
    selection = dict(json.loads(self.body)["RestoreTestingSelection"])
    name = selection["RestoreTestingSelectionName"]
    if name in plan["selections"]:
        raise AlreadyExistsException(f"Restore testing selection {name} already exists")
    selection["CreationTime"] = unix_time()
    selection["RestoreTestingPlanName"] = plan["plan"]["RestoreTestingPlanName"]
    plan["selections"][name] = selection
    return _reply(201, {**selection, "RestoreTestingPlanArn": plan["plan"]["RestoreTestingPlanArn"]})


@adds(BackupResponse)
def get_restore_testing_selection(self: Any) -> Reply:
    """AWS: tells one; moto: not implemented."""
    return _reply(200, {"RestoreTestingSelection": _selection(self)})


@adds(BackupResponse)
def list_restore_testing_selections(self: Any) -> Reply:
    """AWS: lists a plan's; moto: not implemented."""
    return _reply(200, {"RestoreTestingSelections": list(_held(self)["selections"].values())})


@adds(BackupResponse)
def update_restore_testing_selection(self: Any) -> Reply:
    """AWS: changes what is given; moto: not implemented."""
    selection = _selection(self)
    selection.update(json.loads(self.body)["RestoreTestingSelection"])
    plan = _held(self)["plan"]
    return _reply(
        200, {**selection, "RestoreTestingPlanArn": plan["RestoreTestingPlanArn"], "UpdateTime": unix_time()}
    )


@adds(BackupResponse)
def delete_restore_testing_selection(self: Any) -> Reply:
    """AWS: removes one; moto: not implemented."""
    del _held(self)["selections"][_selection(self)["RestoreTestingSelectionName"]]
    return _reply(204, None)


def _plans(response: Any) -> dict[str, Record]:
    held: dict[str, Record] = vars(response.backup_backend).setdefault("restore_testing", {})
    return held


def _held(response: Any) -> Record:
    name = response.path.split("/plans/")[-1].split("/")[0]
    if name not in _plans(response):
        raise ResourceNotFoundException(f"Restore testing plan {name} not found")
    return _plans(response)[name]


def _selection(response: Any) -> Record:
    name = response.path.rstrip("/").split("/")[-1]
    selections: dict[str, Record] = _held(response)["selections"]
    if name not in selections:
        raise ResourceNotFoundException(f"Restore testing selection {name} not found")
    return selections[name]


def _reply(status: int, body: Record | None) -> Reply:
    return status, {"status": status}, "" if body is None else json.dumps(body)


for path in ("plans", "plans/(?P<plan>[^/]+)", "plans/(?P<plan>[^/]+)/selections(?:/(?P<selection>[^/]+))?"):
    urls.url_paths["{0}/restore-testing/" + path + "$"] = BackupResponse.dispatch
