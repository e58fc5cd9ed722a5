"""What other resources name of SNS."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "topic": Resolver(
        "NotFound",
        "Topic does not exist: {value}",
        lambda ctx, value: ctx.client("sns").get_topic_attributes(TopicArn=value),
    ),
}
