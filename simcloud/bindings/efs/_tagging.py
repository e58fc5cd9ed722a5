"""How EFS tags."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

TAGS = Tagging(
    "efs",
    lambda client, key, tags: client.tag_resource(ResourceId=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(ResourceId=key, TagKeys=gone),
    lambda client, key: mapping(client.list_tags_for_resource(ResourceId=key)["Tags"]),
)
