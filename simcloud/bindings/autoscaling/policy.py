from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.ec2._template_data import read as in_words
from simcloud.bindings.ec2._template_data import structure
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SAME = {
    "adjustmentType": "AdjustmentType",
    "cooldown": "Cooldown",
    "enabled": "Enabled",
    "estimatedInstanceWarmup": "EstimatedInstanceWarmup",
    "metricAggregationType": "MetricAggregationType",
    "minAdjustmentMagnitude": "MinAdjustmentMagnitude",
    "policyType": "PolicyType",
    "scalingAdjustment": "ScalingAdjustment",
}
_BLOCKS = {
    "predictiveScalingConfiguration": "PredictiveScalingConfiguration",
    "stepAdjustments": "StepAdjustments",
    "targetTrackingConfiguration": "TargetTrackingConfiguration",
}
# What each type of policy needs and takes; AWS: API reference of PutScalingPolicy (botocore 1.44.5), read 2026-11.
_NEEDS = {
    "PredictiveScaling": ("predictiveScalingConfiguration",),
    "SimpleScaling": ("adjustmentType", "scalingAdjustment"),
    "StepScaling": ("adjustmentType", "stepAdjustments"),
    "TargetTrackingScaling": ("targetTrackingConfiguration",),
}
_ONLY = {
    "cooldown": ("SimpleScaling",),
    "predictiveScalingConfiguration": ("PredictiveScaling",),
    "scalingAdjustment": ("SimpleScaling",),
    "stepAdjustments": ("StepScaling",),
    "targetTrackingConfiguration": ("TargetTrackingScaling",),
}


class Policy(Binding):
    """When an Auto Scaling group grows and shrinks."""

    token = "aws:autoscaling/policy:Policy"
    service = "autoscaling"
    operation = "put_scaling_policy"
    parameters = {"PolicyName": "name", "AutoScalingGroupName": "autoscalingGroupName"}
    replaces = frozenset({"autoscalingGroupName", "name"})
    defaults = {"enabled": True, "policyType": "SimpleScaling"}
    autoname = AutoName(limit=255)
    references = (Reference("autoscalingGroupName", "autoscaling_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        shape = ctx.client("autoscaling").meta.service_model.shape_for("PutScalingPolicyType")
        given = {name: new[name] for name in (*_SAME, *_BLOCKS) if new.get(name) is not None}
        return {
            "AutoScalingGroupName": new["autoscalingGroupName"],
            "PolicyName": new["name"],
            **structure(shape, given),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("autoscaling").put_scaling_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group, name = given["autoscalingGroupName"], given.get("name") or identity
        found = ctx.client("autoscaling").describe_policies(AutoScalingGroupName=group, PolicyNames=[name])
        if not found["ScalingPolicies"]:
            return None
        policy = found["ScalingPolicies"][0]
        blocks = {name: policy.get(api) for name, api in _BLOCKS.items()}
        tracking, predictive = blocks["targetTrackingConfiguration"], blocks["predictiveScalingConfiguration"]
        return {
            **{name: policy.get(api) for name, api in _SAME.items()},
            "arn": policy["PolicyARN"],
            "autoscalingGroupName": group,
            "enabled": policy.get("Enabled", True),
            "metricAggregationType": policy.get("MetricAggregationType") or "",
            "name": policy["PolicyName"],
            "predictiveScalingConfiguration": in_words(predictive) if predictive else None,
            "stepAdjustments": _steps(blocks["stepAdjustments"] or [], given.get("stepAdjustments") or [])
            or None,
            "targetTrackingConfiguration": in_words(tracking) if tracking else None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("autoscaling").delete_policy(
            AutoScalingGroupName=old["autoscalingGroupName"], PolicyName=old.get("name") or identity
        )

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `group/policy`."""
        group, _, name = identity.rpartition("/")
        return {"autoscalingGroupName": group, "name": name} if group else {}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["name"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        kind = new.get("policyType")
        if not isinstance(kind, str):
            return
        if kind not in _NEEDS:
            yield Refusal("ValidationError", f"{kind!r} is not one of: {', '.join(_NEEDS)}", "policyType")
            return
        for name in _NEEDS[kind]:
            if new.get(name) in (None, []):
                yield Refusal("ValidationError", f"{name} is required for policy type {kind}.", name)
        for name, kinds in _ONLY.items():
            if new.get(name) not in (None, []) and kind not in kinds:
                yield Refusal(
                    "ValidationError", f"{name} is only supported for policy type {kinds[0]}.", name
                )
        if new.get("minAdjustmentMagnitude") and new.get("adjustmentType") != "PercentChangeInCapacity":
            yield Refusal(
                "ValidationError",
                "MinAdjustmentMagnitude is only supported for PercentChangeInCapacity.",
                "minAdjustmentMagnitude",
            )
        yield from _tracking_problems(new.get("targetTrackingConfiguration"))


def _tracking_problems(config: Any) -> Iterator[Refusal]:
    if not isinstance(config, Mapping):
        return
    path, metric = "targetTrackingConfiguration", config.get("predefinedMetricSpecification")
    given = [
        name
        for name in ("predefinedMetricSpecification", "customizedMetricSpecification")
        if config.get(name)
    ]
    if len(given) != 1:
        yield Refusal(
            "ValidationError", "exactly one of a predefined and a customized metric is needed.", path
        )
    known = metric if isinstance(metric, Mapping) else {}
    if known.get("predefinedMetricType") == "ALBRequestCountPerTarget" and known.get("resourceLabel") is None:
        yield Refusal(
            "ValidationError",
            "ResourceLabel must be given for ALBRequestCountPerTarget: app/…/targetgroup/….",
            f"{path}.predefinedMetricSpecification.resourceLabel",
        )


def _steps(found: list[Any], given: list[Props]) -> list[Props]:
    """The bounds are text in the provider: spelled as they were given, if they are the same number."""
    spelled = {
        float(bound): bound for step in given for bound in step.values() if isinstance(bound, str) and bound
    }
    return [
        {
            **{
                f"metricInterval{side}Bound": spelled.get(
                    float(step[f"MetricInterval{side}Bound"]),
                    f"{float(step[f'MetricInterval{side}Bound']):g}",
                )
                for side in ("Lower", "Upper")
                if step.get(f"MetricInterval{side}Bound") is not None
            },
            "scalingAdjustment": int(step["ScalingAdjustment"]),
        }
        for step in found
    ]
