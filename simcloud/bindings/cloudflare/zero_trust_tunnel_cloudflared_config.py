from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.tunnels import CONFIG
from simcloud.context import Context
from simcloud.values import Props

_ORIGIN = (
    "originRequest", "caPool", "connectTimeout", "disableChunkedEncoding", "http2Origin", "httpHostHeader",
    "keepAliveConnections", "keepAliveTimeout", "noHappyEyeballs", "originServerName", "proxyType",
    "tcpKeepAlive", "tlsTimeout", "teamName",
)  # fmt: skip


class ZeroTrustTunnelCloudflaredConfig(CloudflareBinding):
    """Where a tunnel brings requests. It goes with its tunnel: the API cannot remove it alone."""

    token = "cloudflare:index/zeroTrustTunnelCloudflaredConfig:ZeroTrustTunnelCloudflaredConfig"
    resource = CONFIG
    imported = "{accountId}/{tunnelId}"
    replaces = frozenset({"accountId", "tunnelId"})
    # This part of the API writes in camelCase.
    renamed = {
        **{name: name for name in _ORIGIN},
        "ingresses": "ingress",
        "noTlsVerify": "noTLSVerify",
        "matchSnItoHost": "matchSNItoHost",
        "audTags": "audTag",
    }

    def create(self, ctx: Context, new: Props) -> str:
        self.api(ctx, "PUT", self.located(new), self.request(ctx, new))
        return str(new["tunnelId"])

    def item(self, identity: str, props: Props) -> str:
        return self.located(props)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: the configuration goes with the tunnel."""
