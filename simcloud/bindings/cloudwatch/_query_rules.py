"""What CloudWatch refuses in an alarm over several metrics, one with an expected band among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

# AWS: PutMetricAlarm, CloudWatch API reference: «ComparisonOperator»: these three are for bands (botocore 1.44.5),
# read 2026-11.
_OF_BANDS = (
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "GreaterThanUpperThreshold",
)


def problems(new: Props) -> Iterator[Refusal]:
    """Everything in the known metric queries of an alarm that AWS refuses."""
    queries, band, operator = (
        new.get("metricQueries"),
        new.get("thresholdMetricId"),
        new["comparisonOperator"],
    )
    if isinstance(operator, str) and is_known(band) and (operator in _OF_BANDS) != (band is not None):
        wanted = "a thresholdMetricId" if operator in _OF_BANDS else "a threshold, and no thresholdMetricId"
        yield Refusal("ValidationError", f"{operator} goes with {wanted}.", "comparisonOperator")
    if queries is not None and is_known(queries) and is_known(band):
        yield from _returned(queries, band)
        yield from _named_twice(queries)


def _returned(queries: list[Mapping[str, Any]], band: str | None) -> Iterator[Refusal]:
    """The one that is compared returns data, and with a band the metric that it is compared to."""
    wanted = 1 if band is None else 2
    if sum(bool(query.get("returnData")) for query in queries) != wanted:
        many = "one element" if band is None else "two elements"
        yield Refusal(
            "ValidationError", f"Exactly {many} of the metrics list should return data.", "metricQueries"
        )
    if band is None:
        return
    named = next((query for query in queries if query["id"] == band), None)
    if named is None or "ANOMALY_DETECTION_BAND(" not in str(named.get("expression")):
        yield Refusal(
            "ValidationError",
            f"thresholdMetricId {band!r} is the id of no query with ANOMALY_DETECTION_BAND(…).",
            "thresholdMetricId",
        )


def _named_twice(queries: list[Mapping[str, Any]]) -> Iterator[Refusal]:
    names = [query["id"] for query in queries]
    for position, name in enumerate(names):
        if name in names[:position]:
            yield Refusal(
                "ValidationError", f"the id {name!r} is given twice.", f"metricQueries[{position}].id"
            )
        if not name[:1].islower():
            yield Refusal(
                "ValidationError",
                f"the id {name!r} must begin with a lower-case letter.",
                f"metricQueries[{position}].id",
            )
    for position, query in enumerate(queries):
        if (query.get("expression") is None) == (query.get("metric") is None):
            yield Refusal(
                "ValidationError",
                "a query has either an expression or a metric.",
                f"metricQueries[{position}]",
            )
