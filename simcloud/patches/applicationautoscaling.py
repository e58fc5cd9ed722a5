"""Scaling policies as Application Auto Scaling answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.models import FakeApplicationAutoscalingPolicy
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from simcloud.patches import around

_PREDICTIVE = "PredictiveScaling"
_CONFIGURATION = "PredictiveScalingPolicyConfiguration"


@around(FakeApplicationAutoscalingPolicy)
def __init__(original: Any, self: Any, **given: Any) -> None:
    """Predictive policies too; moto knows only the two other types, of which steps make no alarms either."""
    if given["policy_type"] != _PREDICTIVE:
        original(self, **given)
        return
    original(self, **{**given, "policy_type": "StepScaling"})
    self.policy_type, self.step_scaling_policy_configuration = _PREDICTIVE, None


@around(ApplicationAutoScalingResponse)
def put_scaling_policy(original: Any, self: Any) -> str:
    """The configuration of a predictive policy, which moto does not read."""
    answer: str = original(self)
    configuration = self._get_param(_CONFIGURATION)
    if configuration is not None:
        _held(self, json.loads(answer)["PolicyARN"])._policy_body = configuration
    return answer


@around(ApplicationAutoScalingResponse)
def describe_scaling_policies(original: Any, self: Any) -> str:
    """AWS: only the policies that were asked for; moto: all of the target."""
    answer: str = original(self)
    found = json.loads(answer)
    names = self._get_param("PolicyNames")
    policies = [
        _with_forecast(self, policy)
        for policy in found["ScalingPolicies"]
        if not names or policy["PolicyName"] in names
    ]
    return json.dumps({**found, "ScalingPolicies": policies})


def _with_forecast(self: Any, policy: dict[str, Any]) -> dict[str, Any]:
    if policy["PolicyType"] != _PREDICTIVE:
        return policy
    return {**policy, _CONFIGURATION: _held(self, policy["PolicyARN"])._policy_body}


def _held(self: Any, arn: str) -> Any:
    policies = self.applicationautoscaling_backend.policies.values()
    return next(policy for policy in policies if policy.policy_arn == arn)
