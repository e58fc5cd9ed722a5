"""How DynamoDB tags."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

TAGS = Tagging(
    "dynamodb",
    lambda client, key, tags: client.tag_resource(ResourceArn=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(ResourceArn=key, TagKeys=gone),
    lambda client, key: mapping(client.list_tags_of_resource(ResourceArn=key).get("Tags")),
    by_arn=True,
)
