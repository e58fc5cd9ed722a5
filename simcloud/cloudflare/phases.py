"""The phases of the ruleset engine, and which actions a rule may have in each."""

from __future__ import annotations

from collections.abc import Mapping

_CHALLENGES = ("challenge", "js_challenge", "managed_challenge")
# Cloudflare: «Phases list» and «Rules actions» of the Ruleset Engine, from memory of those pages, not verified.
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "ddos_l4": ("execute",),
    "ddos_l7": ("execute",),
    "http_config_settings": ("set_config",),
    "http_custom_errors": ("serve_error",),
    "http_log_custom_fields": ("log_custom_field",),
    "http_ratelimit": ("block", *_CHALLENGES, "log", "execute"),
    "http_request_cache_settings": ("set_cache_settings",),
    "http_request_dynamic_redirect": ("redirect",),
    "http_request_firewall_custom": ("block", *_CHALLENGES, "log", "skip", "execute"),
    "http_request_firewall_managed": ("execute", "skip", "block", *_CHALLENGES, "log", "rewrite"),
    "http_request_late_transform": ("rewrite",),
    "http_request_origin": ("route",),
    "http_request_redirect": ("redirect",),
    "http_request_sanitize": ("execute",),
    "http_request_sbfm": ("execute", "skip"),
    "http_request_transform": ("rewrite",),
    "http_response_cache_settings": ("set_cache_control", "set_cache_tags", "set_cache_settings"),
    "http_response_compression": ("compress_response",),
    "http_response_firewall_managed": ("execute", "skip", "log", "block"),
    "http_response_headers_transform": ("rewrite",),
    "magic_transit": ("block", "skip"),
    "magic_transit_ids_managed": ("execute",),
    "magic_transit_managed": ("execute",),
    "magic_transit_ratelimit": ("block",),
}
AFTER_RESPONSE = frozenset({
    "http_custom_errors", "http_log_custom_fields", "http_response_cache_settings", "http_response_compression",
    "http_response_firewall_managed", "http_response_headers_transform", "http_ratelimit",
})  # fmt: skip
"""Phases in which there is a response to ask about; rate limits count by it."""

# Cloudflare: ids of the managed rulesets, «WAF Managed Rules», from memory of that page, not verified.
MANAGED: Mapping[str, tuple[str, str]] = {
    "efb7b8c949ac4650a09736fc376e9aee": ("Cloudflare Managed Ruleset", "http_request_firewall_managed"),
    "4814384a9e5d4991b9815dcfc25d2f1f": ("Cloudflare OWASP Core Ruleset", "http_request_firewall_managed"),
    "c2e184081120413c86c3ab7e14069605": (
        "Cloudflare Exposed Credentials Check Ruleset", "http_request_firewall_managed"),
    "77454fe2d30c4220b5701f6fdfb893ba": ("Cloudflare Managed Free Ruleset", "http_request_firewall_managed"),
    "e22d83c647c64a3eae91b71b499d988e": (
        "Cloudflare Sensitive Data Detection", "http_response_firewall_managed"),
    "4d21379b4f9f4bb088e0729962c8b3cf": ("DDoS L7 ruleset", "ddos_l7"),
    "3b64149bfa6e4220bbbc2bd6db589552": ("DDoS L4 ruleset", "ddos_l4"),
    "70339d97bdb34195bbf054b1ebe81f76": ("Cloudflare Normalization Ruleset", "http_request_sanitize"),
}  # fmt: skip

# Cloudflare: «Availability» of custom rules and of rate limiting rules, from memory of those pages, not verified.
MOST_RULES: Mapping[str, Mapping[str, int]] = {
    "http_request_firewall_custom": {"free": 5, "pro": 20, "business": 100, "enterprise": 1000},
    "http_ratelimit": {"free": 1, "pro": 2, "business": 5, "enterprise": 100},
}
