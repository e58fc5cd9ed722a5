"""What other resources name of Kinesis."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "kinesis_stream": Resolver(
        "ResourceNotFoundException",
        "Stream {value} not found.",
        lambda ctx, value: ctx.client("kinesis").describe_stream_summary(StreamName=value.rsplit("/", 1)[-1]),
        any_region=True,
    ),
    "delivery_stream": Resolver(
        "ResourceNotFoundException",
        "Firehose {value} not found.",
        lambda ctx, value: ctx.client("firehose").describe_delivery_stream(
            DeliveryStreamName=value.rsplit("/", 1)[-1]
        ),
    ),
}
