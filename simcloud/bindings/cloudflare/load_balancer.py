from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.load_balancers import COLLECTION


class LoadBalancer(CloudflareBinding):
    """A name that leads to pools."""

    token = "cloudflare:index/loadBalancer:LoadBalancer"
    resource = COLLECTION
    replaces = frozenset({"zoneId"})
