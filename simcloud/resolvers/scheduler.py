"""What other resources name of EventBridge Scheduler."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "schedule_group": Resolver(
        "ResourceNotFoundException",
        "Schedule group {value} does not exist.",
        lambda ctx, value: ctx.client("scheduler").get_schedule_group(Name=value),
    ),
}
