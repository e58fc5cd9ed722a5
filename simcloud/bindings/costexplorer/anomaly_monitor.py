from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.costexplorer import _gone, _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, as_document, without_none


class AnomalyMonitor(Binding):
    """What is watched for unusual costs. The id is the ARN; none ever arises here."""

    token = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
    service = "ce"
    operation = "create_anomaly_monitor"
    parameters = {
        "AnomalyMonitor.MonitorName": "name",
        "AnomalyMonitor.MonitorType": "monitorType",
        "AnomalyMonitor.MonitorDimension": "monitorDimension",
        "AnomalyMonitor.MonitorSpecification": "monitorSpecification",
    }
    replaces = frozenset({"monitorType", "monitorDimension", "monitorSpecification"})
    autoname = AutoName(limit=1024)
    tagging = _tagging.ANOMALY
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        monitor = {
            "MonitorName": new["name"],
            "MonitorType": new["monitorType"],
            "MonitorDimension": new.get("monitorDimension"),
            "MonitorSpecification": _expression(new.get("monitorSpecification")),
        }
        return {"AnomalyMonitor": without_none(monitor)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["MonitorArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new["name"] != old.get("name"):
            ctx.client("ce").update_anomaly_monitor(MonitorArn=identity, MonitorName=new["name"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ce").get_anomaly_monitors(MonitorArnList=[identity])["AnomalyMonitors"][0]
        said, held = given.get("monitorSpecification"), found.get("MonitorSpecification")
        return {
            "arn": found["MonitorArn"],
            "name": found["MonitorName"],
            "monitorType": found["MonitorType"],
            "monitorDimension": found.get("MonitorDimension"),
            "monitorSpecification": said if said and _expression(said) == held else _text(held),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ce").delete_anomaly_monitor(MonitorArn=identity)

    def is_gone(self, error: ClientError) -> bool:
        return _gone.is_gone(error)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # Provider's documentation of `costexplorer.AnomalyMonitor`.
        kind, wanted = (
            new["monitorType"],
            {"DIMENSIONAL": "monitorDimension", "CUSTOM": "monitorSpecification"},
        )
        if kind in wanted and wanted[kind] not in new:
            yield _invalid(f"a monitor of the type {kind} needs {wanted[kind]}.", wanted[kind])
        for other, name in wanted.items():
            if kind in wanted and other != kind and name in new:
                yield _invalid(f"a monitor of the type {kind} has no {name}.", name)
        specification = new.get("monitorSpecification")
        if isinstance(specification, str) and not isinstance(as_document(specification), dict):
            yield _invalid("the specification is no JSON object.", "monitorSpecification")


def _expression(text: Value) -> Value:
    """The expression that `text` spells, without the nulls that people write for what is not there."""
    document = as_document(text) if isinstance(text, str) else text
    return (
        _without_nulls(document)
        if isinstance(document, dict)
        else (None if isinstance(text, str) else document)
    )


def _without_nulls(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _text(expression: Mapping[str, Any] | None) -> str | None:
    return json.dumps(expression) if expression else None


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("ValidationException", message, path)
