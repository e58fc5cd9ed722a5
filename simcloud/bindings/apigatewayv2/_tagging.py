"""How API Gateway tags."""

from __future__ import annotations

from simcloud.tagging import Tagging

TAGS = Tagging(
    "apigatewayv2",
    lambda client, key, tags: client.tag_resource(ResourceArn=key, Tags=dict(tags)),
    lambda client, key, gone: client.untag_resource(ResourceArn=key, TagKeys=gone),
    lambda client, key: client.get_tags(ResourceArn=key).get("Tags") or {},
    by_arn=True,
)
