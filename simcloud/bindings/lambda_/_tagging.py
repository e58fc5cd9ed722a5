"""How Lambda tags."""

from __future__ import annotations

from simcloud.tagging import Tagging

TAGS = Tagging(
    "lambda",
    lambda client, key, tags: client.tag_resource(Resource=key, Tags=dict(tags)),
    lambda client, key, gone: client.untag_resource(Resource=key, TagKeys=gone),
    lambda client, key: client.list_tags(Resource=key).get("Tags") or {},
    by_arn=True,
)
