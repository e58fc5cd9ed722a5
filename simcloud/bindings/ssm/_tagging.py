"""How Systems Manager tags parameters."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs

PARAMETER = Tagging(
    "ssm",
    lambda client, key, tags: client.add_tags_to_resource(
        ResourceType="Parameter", ResourceId=key, Tags=pairs(tags)
    ),
    lambda client, key, gone: client.remove_tags_from_resource(
        ResourceType="Parameter", ResourceId=key, TagKeys=gone
    ),
    lambda client, key: mapping(
        client.list_tags_for_resource(ResourceType="Parameter", ResourceId=key).get("TagList")
    ),
)
