"""How OpenSearch Service tags."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

DOMAIN = Tagging(
    "opensearch",
    lambda client, key, tags: client.add_tags(ARN=key, TagList=pairs(tags)),
    lambda client, key, gone: client.remove_tags(ARN=key, TagKeys=gone),
    lambda client, key: mapping(client.list_tags(ARN=key)["TagList"]),
    by_arn=True,
)
