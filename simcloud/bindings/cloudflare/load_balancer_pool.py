from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.pools import COLLECTION


class LoadBalancerPool(CloudflareBinding):
    """Origins that stand for one another."""

    token = "cloudflare:index/loadBalancerPool:LoadBalancerPool"
    resource = COLLECTION
    imported = "{accountId}/{id}"
    replaces = frozenset({"accountId"})
    renamed = {"hosts": "Host"}
