from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask
from simcloud.values import Props


def get_ip_ranges(ctx: Context, args: Props) -> Props:
    """The addresses that Cloudflare's edge speaks from; those of JD Cloud are not known here."""
    found = ask(ctx, "/ips")
    return answered("etag ipv4Cidrs ipv6Cidrs jdcloudCidrs networks", found, args, jdcloudCidrs=[])
