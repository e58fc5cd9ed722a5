"""How AWS Backup tags its vaults and plans: by ARN, tags as a map."""

from __future__ import annotations

from simcloud.tagging import Tagging

BACKUP = Tagging(
    "backup",
    lambda client, key, tags: client.tag_resource(ResourceArn=key, Tags=dict(tags)),
    lambda client, key, gone: client.untag_resource(ResourceArn=key, TagKeyList=gone),
    lambda client, key: client.list_tags(ResourceArn=key).get("Tags") or {},
    by_arn=True,
)
