"""The words of Cloudflare's rules language."""

from __future__ import annotations

import re

# Cloudflare: «Fields reference», «Functions reference», «Operators and grouping symbols» of the Rules language, from
# memory of those pages, not verified.
OPERATORS = frozenset(
    {
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "contains",
        "matches",
        "in",
        "wildcard",
        "strict",
        "and",
        "or",
        "not",
        "xor",
    }
)
CONSTANTS = frozenset({"true", "false"})
FUNCTIONS = frozenset({
    "all", "any", "bit_slice", "cidr", "cidr6", "concat", "decode_base64", "encode_base64", "ends_with",
    "has_key", "has_value", "hmac_sha256", "is_timed_hmac_valid", "is_timed_hmac_valid_v0", "join", "len",
    "lookup_json_integer", "lookup_json_string", "lower", "regex_replace", "remove_bytes",
    "remove_query_args", "replace", "sha256", "sha512", "split", "starts_with", "substring", "to_string",
    "upper", "url_decode", "uuidv4", "wildcard_replace",
})  # fmt: skip
_EXACT = frozenset({
    "http.cookie", "http.file", "http.file.name", "http.host", "http.referer", "http.user_agent",
    "http.x_forwarded_for", "raw.http.request.full_uri", "raw.http.request.uri",
    "raw.http.request.uri.args", "raw.http.request.uri.args.names", "raw.http.request.uri.args.values",
    "raw.http.request.uri.path", "raw.http.request.uri.path.extension", "raw.http.request.uri.query",
    "raw.http.response.headers", "ssl",
})  # fmt: skip
_FAMILIES = re.compile(
    r"""http\.request\.(uri(\.(path(\.extension)?|query|args(\.(names|values))?))?|full_uri|method|version
        |headers(\.(names|values|truncated))?|cookies|accepted_languages|timestamp\.(sec|msec)
        |body\.(raw|size|truncated|mime|form(\.(names|values))?|multipart(\.\w+)*)
        |jwt\.claims(\.\w+)*)
    |http\.response\.(code|headers(\.(names|values|truncated))?|content_type\.media_type|1xxx_code)
    |ip\.(src|geoip)(\.(country|continent|city|region|region_code|postal_code|metro_code|lat|lon|asnum|asn
        |is_in_european_union|subdivision_1_iso_code|subdivision_2_iso_code|timezone\.name))?
    |cf\.(api_gateway|bot_management|client|colo|edge|hostname|llm|random_seed|ray_id|rate_limit|response
        |threat_score|timings|tls_\w+|tls_client_auth|verified_bot_category|waf|worker|zone|asn|metal|unstable)
        (\.\w+)*
    |(icmp|tcp|udp)(\.\w+)*""",
    re.VERBOSE,
)


def is_field(name: str) -> bool:
    """Whether expressions may ask for `name`."""
    return name in _EXACT or _FAMILIES.fullmatch(name) is not None
