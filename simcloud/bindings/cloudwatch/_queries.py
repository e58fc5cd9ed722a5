"""Metric queries of alarms, in the provider's words and in the API's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simcloud.values import Props, Value, without_none


def params(queries: Sequence[Props] | None) -> Value:
    """The API's `Metrics`."""
    return None if queries is None else [_param(query) for query in queries]


def props(metrics: Sequence[dict[str, Any]] | None) -> list[Props]:
    """The provider's `metricQueries`."""
    return [_prop(metric) for metric in metrics or ()]


def _param(query: Props) -> Props:
    metric = query.get("metric")
    return without_none(
        {
            "Id": query["id"],
            "Expression": query.get("expression"),
            "Label": query.get("label"),
            "Period": query.get("period"),
            "ReturnData": query.get("returnData", False),
            "AccountId": query.get("accountId"),
            "MetricStat": None if metric is None else _stat(metric),
        }
    )


def _stat(metric: Props) -> Props:
    dimensions = metric.get("dimensions") or {}
    return without_none(
        {
            "Metric": without_none(
                {
                    "Namespace": metric.get("namespace"),
                    "MetricName": metric["metricName"],
                    "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
                }
            ),
            "Period": metric["period"],
            "Stat": metric["stat"],
            "Unit": metric.get("unit"),
        }
    )


def _prop(metric: dict[str, Any]) -> Props:
    stat = metric.get("MetricStat")
    return without_none(
        {
            "id": metric["Id"],
            "expression": metric.get("Expression"),
            "label": metric.get("Label"),
            "period": metric.get("Period"),
            "returnData": metric.get("ReturnData", False),
            "metric": None
            if stat is None
            else without_none(
                {
                    "namespace": stat["Metric"].get("Namespace"),
                    "metricName": stat["Metric"]["MetricName"],
                    "dimensions": {
                        item["Name"]: item["Value"] for item in stat["Metric"].get("Dimensions", ())
                    }
                    or None,
                    "period": stat["Period"],
                    "stat": stat["Stat"],
                    "unit": stat.get("Unit"),
                }
            ),
        }
    )
