from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.origin_ca import COLLECTION


class OriginCaCertificate(CloudflareBinding):
    """A certificate for an origin that only Cloudflare's edge trusts."""

    token = "cloudflare:index/originCaCertificate:OriginCaCertificate"
    resource = COLLECTION
    imported = "{id}"
    replaces = frozenset({"csr", "hostnames", "requestType", "requestedValidity"})
