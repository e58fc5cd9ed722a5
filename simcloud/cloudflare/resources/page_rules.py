"""Page rules of a zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call
from simcloud.cloudflare.checks import is_below, is_unknown, items_of, number_of, one_of, part_of, text_of
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.subscription import plan_of
from simcloud.cloudflare.routing import Route
from simcloud.values import Value

# Cloudflare: actions in the provider's documentation 6.23.1, read 2026-11; values, limits and codes are from memory of
# the API, not verified.
_ON_OFF = ("on", "off")
VALUES: Mapping[str, tuple[object, ...]] = {
    **dict.fromkeys(
        ("automatic_https_rewrites", "browser_check", "cache_by_device_type", "cache_deception_armor",
         "email_obfuscation", "explicit_cache_control", "ip_geolocation", "mirage", "opportunistic_encryption",
         "origin_error_page_pass_thru", "respect_strong_etag", "response_buffering", "rocket_loader",
         "sort_query_string_for_cache", "true_client_ip_header", "waf"),
        _ON_OFF,
    ),
    "cache_level": ("bypass", "basic", "simplified", "aggressive", "cache_everything"),
    "polish": ("off", "lossless", "lossy"),
    "security_level": ("off", "essentially_off", "low", "medium", "high", "under_attack"),
    "ssl": ("off", "flexible", "full", "strict", "origin_pull"),
}  # fmt: skip
_FORWARDING, _HTTPS = "forwarding_url", "always_use_https"
_INVALID = 1004
_MOST = {"free": 3, "pro": 20, "business": 50, "enterprise": 125}


class PageRules(Collection):
    """An URL pattern, and what happens to requests for it."""

    path = "/zones/{zone_id}/pagerules"
    missing = (1002, "Page Rule not found")
    required = ("targets", "actions")
    defaults = {"status": "disabled", "priority": 1}
    filters = frozenset({"status"})

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "status", ("active", "disabled"), _INVALID)
        actions = items_of(body, "actions")
        named = [item["id"] for item in actions if isinstance(item, Mapping)]
        if not named and not is_unknown(body, "actions"):
            yield ApiError(
                _INVALID, "Page Rule validation failed: at least one action is required", "actions"
            )
        for alone in (_FORWARDING, _HTTPS):
            if alone in named and len(named) > 1:
                message = f"Page Rule validation failed: {alone} cannot be combined with other actions"
                yield ApiError(_INVALID, message, f"actions.{alone}")
        for item in actions:
            if isinstance(item, Mapping):
                yield from _action_problems(str(item["id"]), item.get("value"))

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        zone, target = str((call.zone() or {})["name"]), pattern_of(body)
        host = target.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0].lstrip("*").lstrip(".")
        if not is_below(host, zone):
            message = f"Page Rule validation failed: the target {target!r} does not belong to the zone {zone}"
            yield ApiError(_INVALID, message, "target")
        rules = dict(call.store.scan(self.kind(call)))
        if any(identity != own and pattern_of(rule) == target for identity, rule in rules.items()):
            yield ApiError(1017, f"Your zone has a Page Rule for {target!r} already", "target")
        most = _MOST.get(plan_of(call))
        if most is not None and not own and len(rules) >= most:
            yield ApiError(1014, f"Page Rule limit has been met: {most} for the zone's plan")


def pattern_of(body: Mapping[str, Value]) -> str:
    """The pattern of a rule's only target."""
    target: str = body["targets"][0]["constraint"]["value"]
    return target


def _action_problems(name: str, value: Value) -> Iterator[ApiError]:
    place = f"actions.{name}"
    if name in VALUES:
        yield from one_of({name: value}, name, VALUES[name], _INVALID, place)
    seconds = number_of({name: value}, name)
    if name in ("browser_cache_ttl", "edge_cache_ttl") and seconds is not None and not _is_ttl(name, seconds):
        yield ApiError(_INVALID, f"{name} {seconds} is invalid: must be between 30 and 31536000", place)
    if name == _FORWARDING and isinstance(value, Mapping):
        yield from one_of(value, "status_code", (301, 302), _INVALID, f"{place}.status_code")
        url = text_of(part_of({"it": value}, "it"), "url")
        if url is not None and not url.startswith(("http://", "https://")):
            yield ApiError(_INVALID, f"url {url!r} must begin with http:// or https://", f"{place}.url")


def _is_ttl(name: str, seconds: float) -> bool:
    return 30 <= seconds <= 31536000 or (name == "browser_cache_ttl" and seconds == 0)


COLLECTION = PageRules()
ROUTES: list[Route] = COLLECTION.routes()
