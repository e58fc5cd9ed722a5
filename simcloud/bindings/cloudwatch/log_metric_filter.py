from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.cloudwatch import _filter_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, Value, without_none


class LogMetricFilter(Binding):
    """A metric counted from a log group's lines."""

    token = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
    service = "logs"
    operation = "put_metric_filter"
    parameters = {
        ".metricNamespace": ".namespace",
        ".metricName": ".name",
        ".metricValue": ".value",
        "metricTransformations[0]": "metricTransformation",
        "filterName": "name",
        "filterPattern": "pattern",
    }
    replaces = frozenset({"name", "logGroupName"})
    defaults = {"applyOnTransformedLogs": False}
    autoname = AutoName(limit=512)
    references = (Reference("logGroupName", "log_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "logGroupName": new["logGroupName"],
            "filterName": new["name"],
            "filterPattern": new["pattern"],
            "metricTransformations": [_transformation(new["metricTransformation"])],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("logs").put_metric_filter(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("logs").describe_metric_filters(
            logGroupName=given["logGroupName"], filterNamePrefix=identity
        )["metricFilters"]
        metric_filter = next((item for item in found if item["filterName"] == identity), None)
        if metric_filter is None:
            return None
        transformation = metric_filter["metricTransformations"][0]
        return {
            "name": identity,
            "logGroupName": metric_filter["logGroupName"],
            "pattern": metric_filter["filterPattern"],
            "applyOnTransformedLogs": given.get("applyOnTransformedLogs", False),
            "metricTransformation": {
                "name": transformation["metricName"],
                "namespace": transformation["metricNamespace"],
                "value": transformation["metricValue"],
                "defaultValue": _text(transformation.get("defaultValue")),
                "unit": transformation.get("unit", "None"),
                **({"dimensions": transformation["dimensions"]} if transformation.get("dimensions") else {}),
            },
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_metric_filter(logGroupName=old["logGroupName"], filterName=identity)

    def import_id(self, identity: str) -> Props:
        group, _, name = identity.rpartition(":")
        return {"logGroupName": group, "name": name}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        transformation = new["metricTransformation"]
        yield from _filter_rules.problems(new)
        # AWS: MetricTransformation, CloudWatch Logs API reference; per reference notes, not verified against AWS.
        if transformation.get("dimensions") and transformation.get("defaultValue") is not None:
            yield Refusal(
                "InvalidParameterException",
                "a metric transformation has dimensions or a default value, not both.",
                "metricTransformation.defaultValue",
            )


def _transformation(given: Value) -> Value:
    default = given.get("defaultValue")
    return without_none(
        {
            "metricName": given["name"],
            "metricNamespace": given["namespace"],
            "metricValue": given["value"],
            "defaultValue": default if default in (None, UNKNOWN) else float(default),
            "unit": given.get("unit"),
            "dimensions": given.get("dimensions"),
        }
    )


def _text(number: float | None) -> str | None:
    return None if number is None else f"{number:g}"
