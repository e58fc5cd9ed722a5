from __future__ import annotations

from typing import Any

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.origin_pulls import ZONE_CERTIFICATES
from simcloud.values import Props


class AuthenticatedOriginPullsCertificate(CloudflareBinding):
    """What the edge shows to all origins of a zone."""

    token = "cloudflare:index/authenticatedOriginPullsCertificate:AuthenticatedOriginPullsCertificate"
    resource = ZONE_CERTIFICATES
    replaces = frozenset({"zoneId", "certificate", "privateKey"})
    written_only = frozenset({"privateKey"})

    def outputs(self, answer: Any, given: Props) -> Props:
        return {**super().outputs(answer, given), "certificateId": answer["id"]}
