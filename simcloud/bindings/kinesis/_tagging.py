"""How data streams and delivery streams are tagged."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

STREAM = Tagging(
    "kinesis",
    lambda client, key, tags: client.add_tags_to_stream(StreamName=key, Tags=dict(tags)),
    lambda client, key, gone: client.remove_tags_from_stream(StreamName=key, TagKeys=gone),
    lambda client, key: mapping(client.list_tags_for_stream(StreamName=key)["Tags"]),
)
DELIVERY_STREAM = Tagging(
    "firehose",
    lambda client, key, tags: client.tag_delivery_stream(DeliveryStreamName=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_delivery_stream(DeliveryStreamName=key, TagKeys=gone),
    lambda client, key: mapping(client.list_tags_for_delivery_stream(DeliveryStreamName=key)["Tags"]),
)
