"""EventBridge Scheduler as AWS answers it."""

from __future__ import annotations

import json
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.scheduler.exceptions import ScheduleGroupNotFound
from moto.scheduler.models import EventBridgeSchedulerBackend
from moto.scheduler.responses import EventBridgeSchedulerResponse

from simcloud import schedule_expression
from simcloud.patches import around


@around(EventBridgeSchedulerBackend)
def create_schedule(original: Any, self: Any, group_name: str | None = None, **given: Any) -> Any:
    """AWS: says that the group does not exist, reads the expression; moto: breaks, and takes any."""
    self.get_schedule_group(group_name)
    _check_expression(given["schedule_expression"])
    return original(self, group_name=group_name, **given)


@around(EventBridgeSchedulerResponse)
def update_schedule(original: Any, self: Any) -> Any:
    """AWS: everything that is not given takes its default; moto: keeps what happens after the last invocation."""
    _check_expression(self._get_param("ScheduleExpression"))
    answer = original(self)
    name = self.uri.split("?")[0].split("/")[-1]
    schedule = self.scheduler_backend.get_schedule(self._get_param("GroupName"), name)
    schedule.action_after_completion = self._get_param("ActionAfterCompletion") or "NONE"
    schedule.state = schedule.state or "ENABLED"
    return answer


@around(EventBridgeSchedulerResponse)
def get_schedule(original: Any, self: Any) -> Any:
    """AWS: leaves out what is not there; moto: sends nulls."""
    answer = json.loads(original(self))
    answer["ActionAfterCompletion"] = answer["ActionAfterCompletion"] or "NONE"
    return json.dumps({name: value for name, value in answer.items() if value is not None})


@around(EventBridgeSchedulerBackend)
def create_schedule_group(original: Any, self: Any, name: str, tags: Any) -> Any:
    """AWS: names are unique; moto: overwrites, schedules and all."""
    if name in self.schedule_groups:
        raise JsonRESTError("ConflictException", f"Schedule group {name} already exists.")
    return original(self, name, tags or [])


@around(EventBridgeSchedulerBackend)
def delete_schedule_group(original: Any, self: Any, name: str | None) -> None:
    """AWS: says that the group does not exist, never deletes the default one; moto: breaks, or deletes it."""
    if name not in self.schedule_groups:
        raise ScheduleGroupNotFound(str(name))
    if name == "default":
        raise JsonRESTError("ValidationException", "The default schedule group cannot be deleted.")
    original(self, name)


def _check_expression(text: str) -> None:
    wrong = schedule_expression.problem(text)
    if wrong:
        raise JsonRESTError("ValidationException", f"Invalid Schedule Expression: {wrong}")
