"""Scaling policies as Application Auto Scaling answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from simcloud.patches import around


@around(ApplicationAutoScalingResponse)
def describe_scaling_policies(original: Any, self: Any) -> str:
    """AWS: only the policies that were asked for; moto: all of the target."""
    answer: str = original(self)
    names = self._get_param("PolicyNames")
    if not names:
        return answer
    found = json.loads(answer)
    policies = [policy for policy in found["ScalingPolicies"] if policy["PolicyName"] in names]
    return json.dumps({**found, "ScalingPolicies": policies})
