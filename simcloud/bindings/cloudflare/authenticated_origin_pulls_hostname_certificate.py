from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.origin_pulls import HOSTNAME_CERTIFICATES


class AuthenticatedOriginPullsHostnameCertificate(CloudflareBinding):
    """What the edge shows to the origins of the host names that are told so."""

    token = "cloudflare:index/authenticatedOriginPullsHostnameCertificate:AuthenticatedOriginPullsHostnameCertificate"
    resource = HOSTNAME_CERTIFICATES
    replaces = frozenset({"zoneId", "certificate", "privateKey"})
    written_only = frozenset({"privateKey"})
