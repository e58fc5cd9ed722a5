"""How SES tags identities and configuration sets."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

SES = Tagging(
    "sesv2",
    lambda client, key, tags: client.tag_resource(ResourceArn=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(ResourceArn=key, TagKeys=gone),
    lambda client, key: mapping(client.list_tags_for_resource(ResourceArn=key).get("Tags")),
    by_arn=True,
)
