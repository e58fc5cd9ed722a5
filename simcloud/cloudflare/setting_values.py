"""The settings of a zone: what each is at first, and what it may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simcloud.values import Value, is_known

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@dataclass(frozen=True)
class Setting:
    """`allows` judges a value; `expected` says in words what it wants; `editable` is false where Cloudflare decides."""

    default: Value
    allows: Callable[[Value], bool]
    expected: str
    editable: bool = True


def _choice(default: str, *values: str) -> Setting:
    return Setting(default, lambda value: value in values, f"one of {', '.join(values)}")


def _number(default: int, *values: int) -> Setting:
    listed = ", ".join(map(str, values))
    return Setting(default, lambda value: _whole(value) in values, f"one of the numbers {listed}")


def _range(default: int, low: int, high: int) -> Setting:
    return Setting(
        default,
        lambda value: (number := _whole(value)) is not None and low <= number <= high,
        f"a number from {low} to {high}",
    )


def _whole(value: Value) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value)
    return int(value) if isinstance(value, str) and value.isdigit() else None


def _flags(default: Mapping[str, str]) -> Setting:
    return Setting(
        dict(default),
        lambda value: (
            isinstance(value, Mapping) and set(value) <= set(default) and set(value.values()) <= {"on", "off"}
        ),
        f"an object of {', '.join(default)}, each on or off",
    )


def _is_security_header(value: Value) -> bool:
    inner = value.get("strict_transport_security") if isinstance(value, Mapping) else None
    if not isinstance(inner, Mapping) or set(value) != {"strict_transport_security"}:
        return False
    age = inner.get("max_age", 0)
    flags = all(isinstance(inner.get(name, False), bool) for name in _SECURITY_FLAGS)
    known = set(inner) <= {*_SECURITY_FLAGS, "max_age"}
    return known and flags and isinstance(age, int | float) and 0 <= age <= 31536000


_SECURITY_FLAGS = ("enabled", "include_subdomains", "nosniff", "preload")
_SECURITY_HEADER = Setting(
    {"strict_transport_security": {
        "enabled": False, "max_age": 0, "include_subdomains": False, "preload": False, "nosniff": False,
    }},
    _is_security_header,
    "{strict_transport_security: {enabled, max_age (0 to 31536000), include_subdomains, preload, nosniff}}",
)  # fmt: skip
_CIPHERS = Setting(
    [],
    lambda value: (
        isinstance(value, list) and all(isinstance(item, str) and _HEADER.fullmatch(item) for item in value)
    ),
    "a list of names of cipher suites",
)
_NEL = Setting(
    {"enabled": False},
    lambda value: isinstance(value, Mapping) and set(value) == {"enabled"} and isinstance(value["enabled"], bool),
    "{enabled: true or false}",
)  # fmt: skip


def _switches() -> dict[str, Setting]:
    """Settings that are on or off, by what they are in a new zone."""
    on = (
        "always_online brotli browser_check early_hints email_obfuscation http2 http3 ip_geolocation ipv6 "
        "opportunistic_encryption opportunistic_onion privacy_pass rum_beacon server_side_exclude websockets"
    )
    off = (
        "advanced_ddos always_use_https automatic_https_rewrites china_network_enabled content_converter "
        "development_mode ech fonts hotlink_protection log_to_cloudflare mirage orange_to_orange "
        "origin_error_page_pass_thru prefetch_preload replace_insecure_js response_buffering rocket_loader "
        "sort_query_string_for_cache tls_client_auth true_client_ip_header visitor_ip waf webp"
    )
    return {
        **{name: _choice("on", "on", "off") for name in on.split()},
        **{name: _choice("off", "on", "off") for name in off.split()},
    }


# Cloudflare: API reference «Zone Settings», from memory of its values; `cache_level` without «bypass» and code 1007 are
# quoted in public code, read 2026-11. The rest is not verified.
SETTINGS: Mapping[str, Setting] = {
    **_switches(),
    "0rtt": _choice("off", "on", "off"),
    "aegis": Setting({"enabled": False, "pool_id": ""}, lambda value: isinstance(value, Mapping), "an object"),
    "browser_cache_ttl": Setting(
        14400,
        lambda value: (number := _whole(value)) is not None and (number == 0 or 30 <= number <= 31536000),
        "0 (respect the origin's headers) or a number of seconds from 30 to 31536000",
    ),
    "cache_level": _choice("aggressive", "aggressive", "basic", "simplified"),
    "challenge_ttl": _number(1800, 300, 900, 1800, 2700, 3600, 7200, 10800, 14400, 28800, 57600, 86400, 604800,
                             2592000, 31536000),
    "ciphers": _CIPHERS,
    "cname_flattening": _choice("flatten_at_root", "flatten_at_root", "flatten_all"),
    "edge_cache_ttl": _range(7200, 30, 604800),
    "h2_prioritization": _choice("off", "on", "off", "custom"),
    "image_resizing": _choice("off", "on", "off", "open"),
    "max_upload": _range(100, 1, 5000),
    "min_tls_version": _choice("1.0", "1.0", "1.1", "1.2", "1.3"),
    "minify": _flags({"css": "off", "html": "off", "js": "off"}),
    "nel": _NEL,
    "origin_max_http_version": _choice("2", "1", "2"),
    "polish": _choice("off", "off", "lossless", "lossy"),
    "proxy_read_timeout": _range(100, 1, 6000),
    "pseudo_ipv4": _choice("off", "off", "add_header", "overwrite_header"),
    "security_header": _SECURITY_HEADER,
    "security_level": _choice("medium", "off", "essentially_off", "low", "medium", "high", "under_attack"),
    "ssl": _choice("full", "off", "flexible", "full", "strict", "origin_pull"),
    "ssl_recommender": Setting("off", lambda value: value in ("on", "off", True, False), "on or off"),
    "ssl_automatic_mode": _choice("auto", "auto", "custom"),
    "tls_1_2_only": _choice("off", "on", "off"),
    "tls_1_3": _choice("on", "on", "off", "zrt"),
}  # fmt: skip


def is_allowed(setting: str, value: Value) -> bool:
    """Whether a setting may have a value; what is not known yet may be right."""
    return not is_known(value) or SETTINGS[setting].allows(value)
