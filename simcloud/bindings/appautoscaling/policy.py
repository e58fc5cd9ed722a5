from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import Shape

from simcloud import shapes
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.appautoscaling import _policy_rules, _subject
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_KINDS = {
    "TargetTrackingScaling": (
        "targetTrackingScalingPolicyConfiguration",
        "TargetTrackingScalingPolicyConfiguration",
    ),
    "StepScaling": ("stepScalingPolicyConfiguration", "StepScalingPolicyConfiguration"),
    "PredictiveScaling": ("predictiveScalingPolicyConfiguration", "PredictiveScalingPolicyConfiguration"),
}


class Policy(Binding):
    """How a scalable target follows a metric."""

    token = "aws:appautoscaling/policy:Policy"
    service = "application-autoscaling"
    operation = "put_scaling_policy"
    parameters = {
        "PolicyName": "name",
        **{api: name for name, api in _KINDS.values()},
    }
    replaces = frozenset({"name", "policyType", "resourceId", "scalableDimension", "serviceNamespace"})
    defaults = {"policyType": "StepScaling"}
    autoname = AutoName(limit=255)

    def request(self, ctx: Context, new: Props) -> Params:
        shape = _input_shape(ctx)
        configured = {
            api: shapes.params(shape.members[api], new[name])
            for name, api in _KINDS.values()
            if new.get(name) is not None
        }
        return {
            "PolicyName": new["name"],
            "PolicyType": new["policyType"],
            **_subject.params(new),
            **configured,
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client(self.service).put_scaling_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        name = given.get("name", identity)
        found = ctx.client(self.service).describe_scaling_policies(
            PolicyNames=[name], **_subject.params(given)
        )
        policy = next((item for item in found["ScalingPolicies"] if item["PolicyName"] == name), None)
        if policy is None:
            return None
        return {
            "arn": policy["PolicyARN"],
            "name": policy["PolicyName"],
            "policyType": policy["PolicyType"],
            **_subject.props(policy),
            "alarmArns": [alarm["AlarmARN"] for alarm in policy.get("Alarms", ())],
            **{
                name: _with_text_targets(shapes.props(policy[api]))
                for name, api in _KINDS.values()
                if policy.get(api)
            },
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client(self.service).delete_scaling_policy(PolicyName=old["name"], **_subject.params(old))

    def import_id(self, identity: str) -> Props:
        subject, _, name = identity.rpartition("/")
        return {**_subject.parsed(subject), "name": name}

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _subject.registered(ctx, new)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _kind_problems(new)
        yield from _policy_rules.problems(new)
        tracking = new.get("targetTrackingScalingPolicyConfiguration") or {}
        predefined = tracking.get("predefinedMetricSpecification") or {}
        if predefined.get("predefinedMetricType") == "ALBRequestCountPerTarget" and not predefined.get(
            "resourceLabel"
        ):
            yield Refusal(
                "ValidationException",
                "ALBRequestCountPerTarget needs a resourceLabel: <load balancer ARN suffix>/<target group ARN suffix>.",
                "targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel",
            )


def _input_shape(ctx: Context) -> Any:
    model = ctx.client("application-autoscaling").meta.service_model
    shape: Shape = model.operation_model("PutScalingPolicy").input_shape
    return shape


def _with_text_targets(configured: Any) -> Any:
    """A forecast's target is text in the provider's words and a number in the API's."""
    for specification in configured.get("metricSpecifications", ()):
        specification["targetValue"] = f"{specification['targetValue']:g}"
    return configured


def _kind_problems(new: Props) -> Iterator[Refusal]:
    kind = new["policyType"]
    if not isinstance(kind, str) or kind not in _KINDS:
        return
    wanted = _KINDS[kind][0]
    if new.get(wanted) is None:
        yield Refusal("ValidationException", f"policy type {kind} needs {wanted}.", wanted)
    for name, _ in _KINDS.values():
        if name != wanted and new.get(name) is not None:
            yield Refusal("ValidationException", f"policy type {kind} does not take {name}.", name)
