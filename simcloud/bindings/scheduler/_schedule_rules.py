"""What EventBridge Scheduler refuses in a schedule, besides what its model says."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime

from simcloud import schedule_expression
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_PARAMETERS = {
    "ecsParameters": ":ecs:",
    "kinesisParameters": ":kinesis:",
    "eventbridgeParameters": ":events:",
    "sqsParameters": ":sqs:",
    "sagemakerPipelineParameters": ":sagemaker:",
}


def problems(new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with a schedule."""
    expression, zone = new["scheduleExpression"], new["scheduleExpressionTimezone"]
    # AWS: «Schedule types on EventBridge Scheduler», User Guide, read 2026-11
    wrong = schedule_expression.problem(expression) if isinstance(expression, str) else ""
    if wrong:
        yield _invalid(f"Invalid Schedule Expression: {wrong}", "scheduleExpression")
    if isinstance(zone, str) and zone not in zoneinfo.available_timezones():
        yield _invalid(f"The time zone {zone!r} is not supported.", "scheduleExpressionTimezone")
    yield from _window(new["flexibleTimeWindow"])
    yield from _dates(new)
    yield from _target(new["target"])


def _window(window: Value) -> Iterator[Refusal]:
    # Provider's documentation of `flexibleTimeWindow`; what is wanted with OFF: from memory, not verified.
    if not isinstance(window, dict):
        return
    given = "maximumWindowInMinutes" in window
    if window.get("mode") == "FLEXIBLE" and not given:
        yield _invalid("A flexible time window needs MaximumWindowInMinutes.", "flexibleTimeWindow")


def _dates(new: Props) -> Iterator[Refusal]:
    moments: dict[str, datetime] = {}
    for name in ("startDate", "endDate"):
        text = new.get(name)
        if not isinstance(text, str):
            continue
        try:
            moments[name] = datetime.fromisoformat(text).replace(tzinfo=UTC)
        except ValueError:
            yield _invalid(f"{text!r} is no time; expected as in 2030-01-01T01:00:00Z.", name)
    if len(moments) == 2 and moments["endDate"] <= moments["startDate"]:
        yield _invalid("The EndDate must come after the StartDate.", "endDate")


def _target(target: Value) -> Iterator[Refusal]:
    if not isinstance(target, dict):
        return
    arn, given = target.get("arn"), target.get("input")
    if isinstance(arn, str) and not arn.startswith("arn:"):
        yield _invalid(f"Provided Arn {arn!r} is not in correct format.", "target.arn")
        return
    for name, service in _PARAMETERS.items():
        if name in target and isinstance(arn, str) and service not in arn:
            yield _invalid(
                f"{name} goes with a target of {service.strip(':')}, not with {arn}.", f"target.{name}"
            )
    # AWS's universal targets take their parameters as JSON: «Using universal targets», User Guide; from memory.
    if (
        isinstance(arn, str)
        and ":scheduler:::aws-sdk:" in arn
        and isinstance(given, str)
        and not _is_json(given)
    ):
        yield _invalid("The input of a universal target must be JSON.", "target.input")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("ValidationException", message, path)
