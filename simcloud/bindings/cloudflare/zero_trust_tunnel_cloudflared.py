from __future__ import annotations

from typing import Any

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.tunnels import COLLECTION
from simcloud.values import Props


class ZeroTrustTunnelCloudflared(CloudflareBinding):
    """A tunnel from the edge to an origin."""

    token = "cloudflare:index/zeroTrustTunnelCloudflared:ZeroTrustTunnelCloudflared"
    resource = COLLECTION
    imported = "{accountId}/{id}"
    update_method = "PATCH"
    replaces = frozenset({"accountId", "configSrc"})
    written_only = frozenset({"tunnelSecret"})

    def outputs(self, answer: Any, given: Props) -> Props:
        return {**super().outputs(answer, given), "metadata": "{}"}
