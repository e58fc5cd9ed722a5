from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.cloudwatch import _alarm_rules, _queries, _query_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, without_none

_TREATMENTS = ("breaching", "ignore", "missing", "notBreaching")
_NAMES = {
    "AlarmDescription": "alarmDescription",
    "ActionsEnabled": "actionsEnabled",
    "AlarmActions": "alarmActions",
    "OKActions": "okActions",
    "InsufficientDataActions": "insufficientDataActions",
    "ComparisonOperator": "comparisonOperator",
    "EvaluationPeriods": "evaluationPeriods",
    "DatapointsToAlarm": "datapointsToAlarm",
    "MetricName": "metricName",
    "Namespace": "namespace",
    "Period": "period",
    "Statistic": "statistic",
    "ExtendedStatistic": "extendedStatistic",
    "Threshold": "threshold",
    "ThresholdMetricId": "thresholdMetricId",
    "TreatMissingData": "treatMissingData",
    "Unit": "unit",
}


class MetricAlarm(Binding):
    """An alarm on one metric, or on an expression over several."""

    token = "aws:cloudwatch/metricAlarm:MetricAlarm"
    service = "cloudwatch"
    operation = "put_metric_alarm"
    parameters = {"AlarmName": "name", "Metrics": "metricQueries"}
    replaces = frozenset({"name"})
    defaults = {"actionsEnabled": True, "treatMissingData": "missing"}
    autoname = AutoName(limit=255)
    tagging = tagging.CLOUDWATCH

    def request(self, ctx: Context, new: Props) -> Params:
        queries = new.get("metricQueries")
        return without_none(
            {
                "AlarmName": new["name"],
                **{parameter: new.get(name) for parameter, name in _NAMES.items()},
                "Dimensions": _dimensions(new.get("dimensions")),
                "Metrics": queries if isinstance(queries, Unknown) else _queries.params(queries),
                "EvaluateLowSampleCountPercentile": new.get("evaluateLowSampleCountPercentiles"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("cloudwatch").put_metric_alarm(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        alarms = ctx.client("cloudwatch").describe_alarms(AlarmNames=[identity])["MetricAlarms"]
        if not alarms:
            return None
        alarm = alarms[0]
        return {
            "arn": alarm["AlarmArn"],
            "name": identity,
            **{name: alarm.get(parameter) for parameter, name in _NAMES.items()},
            "treatMissingData": alarm.get("TreatMissingData", "missing"),
            "dimensions": {item["Name"]: item["Value"] for item in alarm["Dimensions"]} or None,
            "metricQueries": _queries.props(alarm.get("Metrics")) or None,
            "evaluateLowSampleCountPercentiles": alarm.get("EvaluateLowSampleCountPercentile", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("cloudwatch").delete_alarms(AlarmNames=[identity])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _kind_problems(new)
        yield from _alarm_rules.problems(ctx, new)
        yield from _query_rules.problems(new)
        yield from _period_problems(new)
        treatment = new.get("treatMissingData")
        if isinstance(treatment, str) and treatment not in _TREATMENTS:
            yield Refusal(
                "ValidationError",
                f"{treatment!r} is not one of {', '.join(_TREATMENTS)}.",
                "treatMissingData",
            )
        for kind in ("alarmActions", "okActions", "insufficientDataActions"):
            yield from _action_problems(kind, new.get(kind))


def _dimensions(given: Value) -> Value:
    if given is None or isinstance(given, Unknown):
        return given
    return [{"Name": name, "Value": value} for name, value in given.items()]


def _kind_problems(new: Props) -> Iterator[Refusal]:
    # AWS: PutMetricAlarm, CloudWatch API reference; per reference notes, not verified against AWS.
    given = [name for name in ("metricName", "metricQueries") if new.get(name) is not None]
    if len(given) != 1:
        yield Refusal(
            "ValidationError", "exactly one of metricName and metricQueries is needed.", "metricName"
        )
    if new.get("statistic") is not None and new.get("extendedStatistic") is not None:
        yield Refusal(
            "ValidationError", "statistic and extendedStatistic exclude each other.", "extendedStatistic"
        )
    if (
        new.get("metricName") is not None
        and new.get("statistic") is None
        and new.get("extendedStatistic") is None
    ):
        yield Refusal("ValidationError", "a metric needs a statistic or an extendedStatistic.", "statistic")
    if (new.get("threshold") is None) == (new.get("thresholdMetricId") is None):
        yield Refusal(
            "ValidationError", "exactly one of threshold and thresholdMetricId is needed.", "threshold"
        )


def _period_problems(new: Props) -> Iterator[Refusal]:
    period, evaluations, datapoints = (
        new.get("period"),
        new.get("evaluationPeriods"),
        new.get("datapointsToAlarm"),
    )
    if isinstance(period, int) and period not in (10, 20, 30) and (period <= 0 or period % 60):
        yield Refusal(
            "ValidationError", f"period {period} s must be 10, 20, 30 or a multiple of 60.", "period"
        )
    if isinstance(period, int) and isinstance(evaluations, int) and period * evaluations > _longest(period):
        yield Refusal(
            "ValidationError",
            f"period x evaluationPeriods is {period * evaluations} s, at most {_longest(period)} s allowed.",
            "evaluationPeriods",
        )
    if isinstance(datapoints, int) and isinstance(evaluations, int) and datapoints > evaluations:
        yield Refusal(
            "ValidationError", f"{datapoints} datapoints of {evaluations} periods.", "datapointsToAlarm"
        )


def _longest(period: int) -> int:
    """Seconds that an alarm may look back: a day, or seven with periods of an hour and more."""
    return 604800 if period >= 3600 else 86400


def _action_problems(kind: str, actions: Value) -> Iterator[Refusal]:
    if not isinstance(actions, list):
        return
    if len(actions) > 5:
        yield Refusal("ValidationError", f"{len(actions)} actions, at most 5 allowed.", kind)
    for position, action in enumerate(actions):
        if isinstance(action, str) and not action.startswith("arn:"):
            yield Refusal("ValidationError", f"invalid action {action!r}: not an ARN.", f"{kind}[{position}]")
