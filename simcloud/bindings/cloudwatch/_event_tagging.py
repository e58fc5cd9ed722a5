"""How EventBridge tags: by ARN."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

EVENTS = Tagging(
    "events",
    lambda client, key, tags: client.tag_resource(ResourceARN=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(ResourceARN=key, TagKeys=gone),
    lambda client, key: mapping(client.list_tags_for_resource(ResourceARN=key)["Tags"]),
    by_arn=True,
)
