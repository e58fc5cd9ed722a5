"""What backup plans are for: the selections of resources, which moto lacks."""

from __future__ import annotations

import json
from typing import Any

from moto.backup.exceptions import AlreadyExistsException, ResourceNotFoundException
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from simcloud.patches import adds


@adds(BackupResponse)
def create_backup_selection(self: Any) -> str:
    """AWS: assigns resources to a plan; moto: not implemented."""
    plan, given = _plan(self), json.loads(self.body)
    wanted = given["BackupSelection"]
    if any(held["BackupSelection"]["SelectionName"] == wanted["SelectionName"] for held in _of(self, plan)):
        raise AlreadyExistsException("Backup selection with the same name already exists")
    selection = {
        "SelectionId": str(mock_random.uuid4()),
        "BackupPlanId": plan,
        "CreationDate": unix_time(),
        "CreatorRequestId": given.get("CreatorRequestId"),
        "BackupSelection": wanted,
    }
    _all(self)[selection["SelectionId"]] = selection
    return json.dumps(selection)


@adds(BackupResponse)
def get_backup_selection(self: Any) -> str:
    """AWS: tells one; moto: not implemented."""
    return json.dumps(_one(self))


@adds(BackupResponse)
def list_backup_selections(self: Any) -> str:
    """AWS: lists a plan's; moto: not implemented."""
    listed = [
        {key: value for key, value in {**held, **held["BackupSelection"]}.items() if key in _LISTED}
        for held in _of(self, _plan(self))
    ]
    return json.dumps({"BackupSelectionsList": listed})


@adds(BackupResponse)
def delete_backup_selection(self: Any) -> str:
    """AWS: removes one; moto: not implemented."""
    del _all(self)[_one(self)["SelectionId"]]
    return "{}"


_LISTED = ("SelectionId", "SelectionName", "BackupPlanId", "CreationDate", "CreatorRequestId", "IamRoleArn")


def _plan(response: Any) -> str:
    """The plan that the path names, if there is one."""
    plan = response.path.split("/plans/")[-1].split("/")[0]
    if response.backup_backend.get_backup_plan(plan, None).deletion_date is not None:
        raise ResourceNotFoundException("Failed reading Backup plan with provided version")
    return str(plan)


def _all(response: Any) -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = vars(response.backup_backend).setdefault("selections", {})
    return held


def _of(response: Any, plan: str) -> list[dict[str, Any]]:
    return [held for held in _all(response).values() if held["BackupPlanId"] == plan]


def _one(response: Any) -> dict[str, Any]:
    plan, wanted = _plan(response), response.path.rstrip("/").split("/")[-1]
    held = _all(response).get(wanted)
    if held is None or held["BackupPlanId"] != plan:
        raise ResourceNotFoundException(f"Cannot find Backup selection {wanted} of the plan {plan}")
    return held
