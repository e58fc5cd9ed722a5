from __future__ import annotations

from typing import Any

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.zones import COLLECTION
from simcloud.values import Props


class Zone(CloudflareBinding):
    """A domain."""

    token = "cloudflare:index/zone:Zone"
    resource = COLLECTION
    imported = "{id}"
    update_method = "PATCH"
    replaces = frozenset({"account", "name"})

    def outputs(self, answer: Any, given: Props) -> Props:
        found = super().outputs(answer, given)
        said = given.get("name")
        return {**found, "name": said} if isinstance(said, str) and said.lower() == found["name"] else found
