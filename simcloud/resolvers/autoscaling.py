"""What other resources name of Auto Scaling."""

from __future__ import annotations

from simcloud.context import Context
from simcloud.resolver import Resolver


def _group(ctx: Context, value: str) -> bool:
    found = ctx.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[value])
    return bool(found["AutoScalingGroups"])


RESOLVERS = {
    "autoscaling_group": Resolver(
        "ValidationError", "AutoScalingGroup name not found - AutoScalingGroup {value} not found", _group
    ),
}
