from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.monitors import COLLECTION


class LoadBalancerMonitor(CloudflareBinding):
    """How origins are asked whether they are well."""

    token = "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor"
    resource = COLLECTION
    imported = "{accountId}/{id}"
    replaces = frozenset({"accountId"})
