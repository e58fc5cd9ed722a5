"""What is scheduled for Auto Scaling groups."""

from __future__ import annotations

from typing import Any

from moto.autoscaling.models import AutoScalingBackend

from simcloud.own_ids import own_ids
from simcloud.patches import around


@around(AutoScalingBackend)
def put_scheduled_update_group_action(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: an action has an ARN, which stays; moto: it has none."""
    action = original(self, *args, **kwargs)
    place = f"{self.region_name}:{self.account_id}"
    name = f"autoScalingGroupName/{action.auto_scaling_group_name}:scheduledActionName/{action.scheduled_action_name}"
    with own_ids(f"scheduled action/{place}/{name}"):
        action.scheduled_action_arn = (
            f"arn:aws:autoscaling:{place}:scheduledUpdateGroupAction:{_random()}:{name}"
        )
    return action


def _random() -> str:
    # Only when asked: the generator is seeded then.
    from moto.moto_api._internal import mock_random

    return str(mock_random.uuid4())
