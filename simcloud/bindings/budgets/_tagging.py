"""How budgets are tagged."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

BUDGET = Tagging(
    "budgets",
    lambda client, key, tags: client.tag_resource(ResourceARN=key, ResourceTags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(ResourceARN=key, ResourceTagKeys=gone),
    lambda client, key: mapping(client.list_tags_for_resource(ResourceARN=key).get("ResourceTags")),
    by_arn=True,
)
