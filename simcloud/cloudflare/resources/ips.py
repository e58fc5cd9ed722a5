"""The addresses that Cloudflare's edge speaks from."""

from __future__ import annotations

from simcloud.cloudflare.call import Body, Call
from simcloud.cloudflare.routing import Route

# Cloudflare: https://www.cloudflare.com/ips-v4 and /ips-v6, as several public repositories quote them («last verified
# 2026-04-09» the latest of them), read 2026-11 through a search; not compared with the live pages.
IPV4 = (
    "173.245.48.0/20", "103.21.244.0/22", "103.22.200.0/22", "103.31.4.0/22", "141.101.64.0/18",
    "108.162.192.0/18", "190.93.240.0/20", "188.114.96.0/20", "197.234.240.0/22", "198.41.128.0/17",
    "162.158.0.0/15", "104.16.0.0/13", "104.24.0.0/14", "172.64.0.0/13", "131.0.72.0/22",
)  # fmt: skip
IPV6 = (
    "2400:cb00::/32", "2606:4700::/32", "2803:f800::/32", "2405:b500::/32", "2405:8100::/32",
    "2a06:98c0::/29", "2c0f:f248::/32",
)  # fmt: skip
_ETAG = "38f79d050aa027e3be3865e495dcc9bc"


def _read(_: Call) -> Body:
    return {"ipv4_cidrs": list(IPV4), "ipv6_cidrs": list(IPV6), "etag": _ETAG}


ROUTES = [Route("GET", "/ips", _read)]
