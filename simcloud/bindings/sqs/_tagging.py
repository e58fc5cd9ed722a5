"""How SQS tags queues: by URL, tags as a map."""

from __future__ import annotations

from simcloud.tagging import Tagging

QUEUE = Tagging(
    "sqs",
    lambda client, key, tags: client.tag_queue(QueueUrl=key, Tags=dict(tags)),
    lambda client, key, gone: client.untag_queue(QueueUrl=key, TagKeys=gone),
    lambda client, key: client.list_queue_tags(QueueUrl=key).get("Tags") or {},
)
