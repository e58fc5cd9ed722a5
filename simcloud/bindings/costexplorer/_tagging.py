"""How Cost Explorer tags monitors and subscriptions."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

ANOMALY = Tagging(
    "ce",
    lambda client, key, tags: client.tag_resource(ResourceArn=key, ResourceTags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(ResourceArn=key, ResourceTagKeys=gone),
    lambda client, key: mapping(client.list_tags_for_resource(ResourceArn=key).get("ResourceTags")),
    by_arn=True,
)
