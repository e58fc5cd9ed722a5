"""What CloudWatch refuses in an alarm and its model types as plain text.

AWS: PutMetricAlarm, CloudWatch API reference; from memory of the documentation, not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.bindings._checks import at, choice
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_CODE = "ValidationError"
_PERCENTILE = re.compile(r"(p|tm|wm|tc|ts)(\d{1,2}(\.\d{1,10})?|100)|(TM|WM|TC|TS|PR)\(.*:.*\)|IQM")
_BARE = ("metricName", "namespace", "statistic", "extendedStatistic", "period", "dimensions", "unit")
_ACTIONS = ("alarmActions", "okActions", "insufficientDataActions")
# Names in a metric-math expression that are no ids of queries.
_WORD = re.compile(r"\b[a-z]\w*\b(?!\s*\()")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong on its own, and in the queries."""
    yield from choice(new, "evaluateLowSampleCountPercentiles", ("evaluate", "ignore"), _CODE)
    extended = new.get("extendedStatistic")
    if isinstance(extended, str) and not _PERCENTILE.fullmatch(extended):
        yield Refusal(
            _CODE, f"The value {extended} for ExtendedStatistic is not supported.", "extendedStatistic"
        )
    if str(new.get("namespace")).startswith("AWS/") and new.get("period") in (10, 20, 30):
        text = "metrics of AWS have a period of 60 seconds at least."
        yield Refusal(_CODE, text, "period")
    for kind in _ACTIONS:
        yield from _reach(ctx, kind, new.get(kind))
    queries = new.get("metricQueries")
    if isinstance(queries, list) and queries:
        for name in _BARE:
            if new.get(name) is not None:
                yield Refusal(_CODE, f"{name} does not go with metricQueries.", name)
        yield from _query_problems(new, queries)


def _reach(ctx: Context, kind: str, actions: Any) -> Iterator[Refusal]:
    for position, arn in enumerate(actions if isinstance(actions, list) else ()):
        parts = arn.split(":") if isinstance(arn, str) else []
        if len(parts) > 4 and parts[2] == "sns" and (parts[3], parts[4]) != (ctx.region, ctx.account):
            text = f"Invalid region {parts[3]} or account {parts[4]} specified: only topics of {ctx.region}."
            yield Refusal(_CODE, text, f"{kind}[{position}]")


def _query_problems(new: Props, queries: list[Any]) -> Iterator[Refusal]:
    ids = {
        query["id"] for query in queries if isinstance(query, Mapping) and isinstance(query.get("id"), str)
    }
    for position, query in enumerate(queries):
        path = f"metricQueries[{position}]"
        expression, period = at(new, f"{path}.expression"), at(new, f"{path}.metric.period")
        if isinstance(period, int) and period not in (10, 20, 30) and (period < 60 or period % 60):
            yield Refusal(
                _CODE, "a period is 10, 20, 30 or a multiple of 60 seconds.", f"{path}.metric.period"
            )
        if isinstance(expression, str) and is_known(query) and not expression.upper().startswith("SELECT"):
            bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", expression)
            for name in sorted(set(_WORD.findall(bare)) - ids):
                text = f"Error in expression {query['id']!r}: {name} is the id of no query."
                yield Refusal(_CODE, text, f"{path}.expression")
