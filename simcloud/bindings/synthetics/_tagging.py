"""How Synthetics tags: by ARN, tags as a map."""

from __future__ import annotations

from simcloud.tagging import Tagging

CANARY = Tagging(
    "synthetics",
    lambda client, key, tags: client.tag_resource(ResourceArn=key, Tags=dict(tags)),
    lambda client, key, gone: client.untag_resource(ResourceArn=key, TagKeys=gone),
    lambda client, key: client.list_tags_for_resource(ResourceArn=key)["Tags"],
    by_arn=True,
)
