"""What other resources name of Cost Explorer."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _subscriber(ctx: Context, value: str) -> Any:
    """An e-mail address is always there."""
    return "@" in value or ctx.client("sns").get_topic_attributes(TopicArn=value)


RESOLVERS = {
    "anomaly_monitor": Resolver(
        "UnknownMonitorException",
        "The cost anomaly monitor {value} does not exist.",
        lambda ctx, value: ctx.client("ce", "us-east-1").get_anomaly_monitors(MonitorArnList=[value]),
        given_out=True,
    ),
    "anomaly_subscriber": Resolver("NotFound", "Topic does not exist: {value}", _subscriber, any_region=True),
}
