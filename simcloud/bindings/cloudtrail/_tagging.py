"""How CloudTrail tags: by ARN, whole tags to remove."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.tagging import Tagging, mapping, pairs

TRAIL = Tagging(
    "cloudtrail",
    lambda client, key, tags: client.add_tags(ResourceId=key, TagsList=pairs(tags)),
    lambda client, key, gone: client.remove_tags(
        ResourceId=key, TagsList=[tag for tag in _listed(client, key) if tag["Key"] in gone]
    ),
    lambda client, key: mapping(_listed(client, key)),
    by_arn=True,
)


def _listed(client: Any, key: str) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = client.list_tags(ResourceIdList=[key])["ResourceTagList"][0]["TagsList"]
    return found
