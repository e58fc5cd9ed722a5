"""What other resources name of EventBridge."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "event_bus": Resolver(
        "ResourceNotFoundException",
        "Event bus {value} does not exist.",
        lambda ctx, value: ctx.client("events").describe_event_bus(Name=value),
    ),
}
