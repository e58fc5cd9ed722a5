"""How a Cloudflare zone behind which an application stands is set, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.security_headers import SecurityHeaders

# Cloudflare takes a year at most (API reference, "Zone Settings": security_header); general knowledge of that page.
LONGEST_HSTS_SECONDS = 31_536_000

_SAFE: Mapping[str, str | int] = {
    # The origin's certificate is checked, name and all.
    "ssl": "strict",
    "tls_1_3": "on",
    "always_use_https": "on",
    "automatic_https_rewrites": "on",
    "http3": "on",
    "brotli": "on",
    "early_hints": "on",
    "ipv6": "on",
    "websockets": "on",
    # Requests sent before the handshake is done can be sent again by others.
    "0rtt": "off",
    "browser_check": "on",
    "security_level": "medium",
    # 0: browsers are told what the origin says, or a rule.
    "browser_cache_ttl": 0,
}

# What would undo the above.
FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "ssl": ("off", "flexible", "full"),
    "always_use_https": ("off",),
    # zrt: TLS 1.3 with 0-RTT.
    "tls_1_3": ("off", "zrt"),
    "0rtt": ("on",),
    "security_level": ("off", "essentially_off"),
    "development_mode": ("on",),
}
OURS = ("min_tls_version", "security_header")


def zone_settings(
    headers: SecurityHeaders, minimum_tls: str, further: Mapping[str, str]
) -> Mapping[str, Any]:
    """Every setting by its id."""
    return {**_SAFE, "min_tls_version": minimum_tls, "security_header": _hsts(headers), **further}


def _hsts(headers: SecurityHeaders) -> Mapping[str, Any]:
    return {
        "strict_transport_security": {
            "enabled": headers.hsts_seconds > 0,
            "max_age": min(headers.hsts_seconds, LONGEST_HSTS_SECONDS),
            "include_subdomains": True,
            "preload": headers.hsts_preload,
            # Said by the headers' rule, once.
            "nosniff": False,
        }
    }
