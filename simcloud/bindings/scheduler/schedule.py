from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _trust
from simcloud.bindings._words import from_api, to_api
from simcloud.bindings.scheduler import _schedule_rules, _target
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Schedule(Binding):
    """Something that is done at certain times. The id is `group/name`."""

    token = "aws:scheduler/schedule:Schedule"
    service = "scheduler"
    operation = "create_schedule"
    parameters = {
        f"Target.{there}": f"target.{here}"
        for there, here in {
            "EcsParameters.NetworkConfiguration.awsvpcConfiguration": "ecsParameters.networkConfiguration",
            "EcsParameters.CapacityProviderStrategy": "ecsParameters.capacityProviderStrategies",
            "EcsParameters.PlacementStrategy": "ecsParameters.placementStrategies",
            "EventBridgeParameters": "eventbridgeParameters",
            "SageMakerPipelineParameters": "sagemakerPipelineParameters",
        }.items()
    }
    replaces = frozenset({"name", "namePrefix", "groupName"})
    defaults = {"scheduleExpressionTimezone": "UTC", "state": "ENABLED"}
    autoname = AutoName(limit=64)
    references = (
        Reference("groupName", "schedule_group"),
        Reference("kmsKeyArn", "kms_key"),
        Reference("target.roleArn", "role"),
        Reference("target.deadLetterConfig.arn", "queue"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Name": new["name"],
                "GroupName": new.get("groupName"),
                "ScheduleExpression": new["scheduleExpression"],
                "ScheduleExpressionTimezone": new["scheduleExpressionTimezone"],
                "StartDate": new.get("startDate"),
                "EndDate": new.get("endDate"),
                "Description": new.get("description"),
                "State": new["state"],
                "KmsKeyArn": new.get("kmsKeyArn"),
                "ActionAfterCompletion": new.get("actionAfterCompletion"),
                "FlexibleTimeWindow": to_api(new["flexibleTimeWindow"], {}),
                "Target": _target.to_request(new["target"]),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new.get('groupName') or 'default'}/{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("scheduler").update_schedule(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        schedule = ctx.client("scheduler").get_schedule(**_named(identity))
        return {
            "arn": schedule["Arn"],
            "name": schedule["Name"],
            "namePrefix": given.get("namePrefix", ""),
            "groupName": schedule["GroupName"],
            "scheduleExpression": schedule["ScheduleExpression"],
            "scheduleExpressionTimezone": schedule["ScheduleExpressionTimezone"],
            "startDate": _written(schedule.get("StartDate")),
            "endDate": _written(schedule.get("EndDate")),
            "description": schedule.get("Description") or None,
            "state": schedule["State"],
            "kmsKeyArn": schedule.get("KmsKeyArn"),
            "actionAfterCompletion": schedule["ActionAfterCompletion"],
            "flexibleTimeWindow": from_api(schedule["FlexibleTimeWindow"], {}),
            "target": _target.to_props(schedule["Target"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("scheduler").delete_schedule(**_named(identity))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _schedule_rules.problems(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: «Set up the execution role», EventBridge Scheduler User Guide; the words from memory, not verified.
        if not _trust.trusts(ctx, new["target"]["roleArn"], "scheduler.amazonaws.com"):
            yield Refusal(
                "ValidationException",
                "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
                "target.roleArn",
                "let scheduler.amazonaws.com assume the role in its trust policy.",
            )


def _named(identity: str) -> Params:
    group, name = identity.split("/", 1)
    return {"GroupName": group, "Name": name}


def _written(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
