"""Scaling policies as AWS keeps them: names are unique within a group only."""

from __future__ import annotations

from typing import Any

from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.models import AutoScalingBackend
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from simcloud.patches import around


@around(AutoScalingBackend)
def put_scaling_policy(original: Any, self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """AWS: another group may have a policy of that name; moto: overwrites it."""
    group = kwargs["as_name"]
    if group not in self.autoscaling_groups:
        raise ValidationError("Group " + str(group) + " not found")
    policy = original(self, name, *args, **kwargs)
    del self.policies[name]
    policy.enabled = True
    self.policies[f"{group}/{name}"] = policy
    return policy


@around(AutoScalingResponse)
def delete_policy(original: Any, self: Any) -> ActionResult:
    """AWS: deletes the policy of the group; moto: the one of that name."""
    self.autoscaling_backend.policies.pop(_key(self), None)
    return EmptyResult()


@around(AutoScalingResponse)
def execute_policy(original: Any, self: Any) -> ActionResult:
    """AWS: executes the policy of the group; moto: the one of that name."""
    self.autoscaling_backend.policies[_key(self)].execute()
    return EmptyResult()


@around(AutoScalingBackend)
def delete_auto_scaling_group(original: Any, self: Any, group_name: str) -> None:
    """AWS: the policies go with their group; moto: they stay."""
    original(self, group_name)
    for key in [key for key in self.policies if key.startswith(f"{group_name}/")]:
        del self.policies[key]


def _key(self: Any) -> str:
    """`PolicyName` may be the name or the ARN, which ends in `autoScalingGroupName/<group>:policyName/<name>`."""
    name = str(self._get_param("PolicyName"))
    if name.startswith("arn:"):
        return name.rsplit("autoScalingGroupName/", 1)[-1].replace(":policyName/", "/")
    return f"{self._get_param('AutoScalingGroupName')}/{name}"
