from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.cloudwatch import _alarm_rule
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAMES = {
    "AlarmName": "alarmName",
    "AlarmRule": "alarmRule",
    "AlarmDescription": "alarmDescription",
    "ActionsEnabled": "actionsEnabled",
    "AlarmActions": "alarmActions",
    "OKActions": "okActions",
    "InsufficientDataActions": "insufficientDataActions",
}
_SUPPRESSOR = {
    "ActionsSuppressor": "alarm",
    "ActionsSuppressorWaitPeriod": "waitPeriod",
    "ActionsSuppressorExtensionPeriod": "extensionPeriod",
}
_ACTIONS = ("alarmActions", "okActions", "insufficientDataActions")


class CompositeAlarm(Binding):
    """An alarm over the states of other alarms."""

    token = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
    service = "cloudwatch"
    operation = "put_composite_alarm"
    parameters = {**_NAMES, **{there: f"actionsSuppressor.{here}" for there, here in _SUPPRESSOR.items()}}
    replaces = frozenset({"alarmName", "actionsEnabled"})
    defaults = {"actionsEnabled": True}
    tagging = tagging.CLOUDWATCH
    references = (Reference("actionsSuppressor.alarm", "alarm"),)

    def request(self, ctx: Context, new: Props) -> Params:
        suppressor = new.get("actionsSuppressor")
        said = suppressor if isinstance(suppressor, Mapping) else {}
        return without_none(
            {
                **{there: new.get(here) for there, here in _NAMES.items()},
                **{there: said.get(here) for there, here in _SUPPRESSOR.items()},
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["alarmName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("cloudwatch").put_composite_alarm(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        alarm = _composites(ctx, identity).get(identity)
        if alarm is None:
            return None
        suppressor = {here: alarm[there] for there, here in _SUPPRESSOR.items() if there in alarm}
        return {
            "arn": alarm["AlarmArn"],
            **{here: alarm.get(there) for there, here in _NAMES.items()},
            **{name: alarm.get(there) or None for there, name in _NAMES.items() if name in _ACTIONS},
            "actionsSuppressor": suppressor if suppressor.get("alarm") else None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("cloudwatch").delete_alarms(AlarmNames=[identity])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        rule = new["alarmRule"]
        if isinstance(rule, str):
            yield from _rule_problems(new["alarmName"], rule)
        for kind in _ACTIONS:
            actions = new.get(kind)
            if not isinstance(actions, list):
                continue
            # AWS: «alarm_actions» of the provider's page: up to 5 actions, each an ARN; read 2026-11.
            if len(actions) > 5:
                yield Refusal("ValidationError", f"{len(actions)} actions, at most 5 are allowed.", kind)
            for position, action in enumerate(actions):
                if isinstance(action, str) and not action.startswith("arn:"):
                    yield Refusal("ValidationError", f"Invalid arn syntax: {action}", f"{kind}[{position}]")

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        cloudwatch, names = ctx.client("cloudwatch"), _alarm_rule.alarms(new["alarmRule"])
        found = cloudwatch.describe_alarms(AlarmNames=names, AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        there = {alarm["AlarmName"] for kind in ("MetricAlarms", "CompositeAlarms") for alarm in found[kind]}
        missing = [name for name in names if name not in there]
        if missing:
            yield Refusal(
                "ValidationError",
                f"Could not save the composite alarm as alarms [{', '.join(missing)}] in the alarm rule do not exist",
                "alarmRule",
                "let alarmRule be built of the alarms' outputs, so that they are made first.",
            )
        # AWS takes a circle, stops evaluating it and can delete none of it (PutCompositeAlarm, botocore 1.44.5, read
        # 2026-11). Nobody can want that, so it is refused here.
        circle = _circle(ctx, new["alarmName"], names)
        if circle:
            yield Refusal("ValidationError", f"the rules form a circle: {' > '.join(circle)}.", "alarmRule")


def _rule_problems(name: Any, rule: str) -> Iterator[Refusal]:
    if rule != rule.strip():
        yield Refusal("ValidationError", "the rule begins or ends with white space.", "alarmRule")
    try:
        named = _alarm_rule.alarms(rule)
    except _alarm_rule.RuleError as error:
        yield Refusal("ValidationError", f"AlarmRule is not valid: {error}.", "alarmRule")
        return
    if name in named:
        yield Refusal("ValidationError", f"the rule of {name} names {name} itself.", "alarmRule")


def _composites(ctx: Context, *names: str) -> dict[str, Mapping[str, Any]]:
    asked = {"AlarmNames": list(names)} if names else {}
    found = ctx.client("cloudwatch").describe_alarms(AlarmTypes=["CompositeAlarm"], **asked)[
        "CompositeAlarms"
    ]
    return {alarm["AlarmName"]: alarm for alarm in found}


def _circle(ctx: Context, start: str, names: list[str]) -> list[str]:
    """The way from `start` over the alarms of its rule back to itself, or nothing."""
    rules = {name: _alarm_rule.alarms(alarm["AlarmRule"]) for name, alarm in _composites(ctx).items()}
    ways, seen = [[start, name] for name in names], set(names)
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        further = [name for name in rules.get(way[-1], ()) if name not in seen or name == start]
        seen.update(further)
        ways += [[*way, name] for name in further]
    return []
