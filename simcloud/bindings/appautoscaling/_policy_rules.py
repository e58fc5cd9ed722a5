"""What AWS refuses in the configuration of a scaling policy."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings._checks import at, between
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

# AWS: «Predefined metric specification», Application Auto Scaling API reference; from memory, not verified.
_CODE = "ValidationException"
_METRICS = {
    "ecs": ("ALBRequestCountPerTarget", "ECSService"),
    "rds": ("RDSReader",),
    "dynamodb": ("DynamoDB",),
    "elasticache": ("ElastiCache",),
    "lambda": ("Lambda",),
}
_TRACKING, _STEPS = "targetTrackingScalingPolicyConfiguration", "stepScalingPolicyConfiguration"
# AWS: 2^-360 to 2^360, any target but nothing and less.
_LEAST, _MOST = 2.0**-360, 2.0**360


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong in what is configured."""
    if isinstance(new.get(_TRACKING), dict):
        yield from between(new, f"{_TRACKING}.targetValue", _LEAST, _MOST, _CODE)
        for name in ("scaleInCooldown", "scaleOutCooldown"):
            yield from between(new, f"{_TRACKING}.{name}", 0, 86400, _CODE)
        yield from _metric_problems(new)
    if at(new, f"{_STEPS}.stepAdjustments") in (None, []) and isinstance(new.get(_STEPS), dict):
        yield Refusal(_CODE, "At least one step adjustment must be specified.", f"{_STEPS}.stepAdjustments")


def _metric_problems(new: Props) -> Iterator[Refusal]:
    given = [
        name
        for name in ("predefinedMetricSpecification", "customizedMetricSpecification")
        if at(new, f"{_TRACKING}.{name}") is not None
    ]
    if len(given) != 1:
        text = "either predefinedMetricSpecification or customizedMetricSpecification is needed."
        yield Refusal(_CODE, text, _TRACKING)
    path = f"{_TRACKING}.predefinedMetricSpecification.predefinedMetricType"
    metric, allowed = at(new, path), _METRICS.get(str(new["serviceNamespace"]))
    if isinstance(metric, str) and is_known(metric) and allowed and not metric.startswith(allowed):
        yield Refusal(_CODE, f"the metric {metric} is not one of namespace {new['serviceNamespace']}.", path)
