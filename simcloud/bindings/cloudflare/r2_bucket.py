from __future__ import annotations

from typing import Any

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.r2 import COLLECTION
from simcloud.values import Props


class R2Bucket(CloudflareBinding):
    """A bucket of R2."""

    token = "cloudflare:index/r2Bucket:R2Bucket"
    resource = COLLECTION
    imported = "{accountId}/{id}/{jurisdiction}"
    update_method = "PATCH"
    replaces = frozenset({"accountId", "name", "location", "jurisdiction"})

    def own(self, identity: str) -> str:
        return identity.split("/")[1] if "/" in identity else identity

    def outputs(self, answer: Any, given: Props) -> Props:
        found = super().outputs(answer, given)
        said = str(given.get("location") or "")
        return {**found, "location": said} if said.upper() == found["location"] else found
