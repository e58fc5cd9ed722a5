"""The rules of a Cloudflare zone by phase, as plain values: what is kept, blocked, slowed, redirected, told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from components.cloudflare_args import CloudflareEdgeArgs
from components.cloudflare_plans import PERIODS, Plan
from components.edge_headers import SecurityHeaders
from components.edge_paths import KeptPaths
from components.waf_args import Restriction
from components.waf_rules import RateLimit

Rule = dict[str, Any]

# Cloudflare: ids of the managed rulesets, the same for everybody; docs "WAF Managed Rules", general knowledge.
MANAGED: Mapping[str, str] = {
    "cloudflare-managed": "efb7b8c949ac4650a09736fc376e9aee",
    "owasp-core": "4814384a9e5d4991b9815dcfc25d2f1f",
}

# Cloudflare: docs "DDoS managed rulesets configuration using Terraform", read 2026-11; the id is that of the provider's
# own acceptance tests.
DDOS = "4d21379b4f9f4bb088e0729962c8b3cf"

# Counted per data centre and address: nothing else is to be had below Enterprise.
_COUNTED_BY = ["cf.colo.id", "ip.src"]
_WINDOW_SECONDS = 300


def expression_of(paths: Sequence[str]) -> str:
    """Whether a request is for one of the paths, whose * stand for anything."""
    return _any_of(paths, "strict wildcard")


def cache_rules(args: CloudflareEdgeArgs) -> list[Rule]:
    """What is kept. Of Cloudflare's cache rules the last that fits wins, so what is never kept comes first."""
    never = [_cache("api", args.api_paths, {"cache": False})] if args.api_paths else []
    built = KeptPaths(
        label="static",
        paths=args.static_paths,
        edge_seconds=args.static_ttl_seconds,
        browser_seconds=args.static_browser_seconds,
    )
    kept = [*reversed(args.kept), *([built] if args.static_paths else [])]
    return [*never, *(_cache(entry.label, entry.paths, _kept(entry, args.plan)) for entry in kept)]


def managed_rules(args: CloudflareEdgeArgs) -> list[Rule]:
    """Cloudflare's own rulesets; they only log where the firewall only counts. Free zones have theirs anyway."""
    if args.plan is Plan.FREE:
        return []
    overrides = {} if args.waf.block else {"overrides": {"action": "log"}}
    return [
        {
            "ref": label,
            "description": label,
            "action": "execute",
            "expression": "true",
            "action_parameters": {"id": ruleset, **overrides},
        }
        for label, ruleset in MANAGED.items()
    ]


def ddos_rules() -> list[Rule]:
    """Cloudflare's defence against floods, which is always on: here it says that nobody has made it less sensitive."""
    return [
        {
            **_rule("ddos", "execute", "true"),
            "action_parameters": {"id": DDOS, "overrides": {"sensitivity_level": "default"}},
        }
    ]


def firewall_rules(args: CloudflareEdgeArgs) -> list[Rule]:
    """Countries that are turned away, paths that only some may reach, then rules of one's own."""
    named = " ".join(f'"{country}"' for country in args.waf.blocked_countries)
    countries = (
        [_rule("countries", _action(args, "block"), f"ip.src.country in {{{named}}}")] if named else []
    )
    own = [_rule(rule.label, _action(args, rule.action), rule.expression) for rule in args.firewall_rules]
    locks = [_lock(args.waf.restricted)] if args.waf.restricted else []
    return [*countries, *locks, *own]


def rate_rules(args: CloudflareEdgeArgs) -> list[Rule]:
    """The limit of an address for everything and for single paths, as far as the plan can count them."""
    everything = RateLimit(
        label="everything",
        requests=args.waf.rate_limit_per_5_minutes,
        window_seconds=_WINDOW_SECONDS,
    )
    # The narrow ones first: the first limit that is exceeded decides.
    return [_rate(args, limit) for limit in (*args.waf.rate_limits, everything)]


def counted(plan: Plan, requests: int, seconds: int) -> tuple[int, int]:
    """The same rate in the longest period that the plan counts and that is not longer: requests, seconds."""
    period = max((known for known in PERIODS[plan] if known <= seconds), default=PERIODS[plan][0])
    return max(1, math.ceil(requests * period / seconds)), period


def redirect_rules(args: CloudflareEdgeArgs) -> list[Rule]:
    """Names that lead to other names."""
    return [
        {
            **_rule(f"from-{redirect.host.replace('.', '-')}", "redirect", f'http.host eq "{redirect.host}"'),
            "action_parameters": {
                "from_value": {
                    "status_code": 301,
                    "preserve_query_string": True,
                    "target_url": {
                        "expression": f'concat("https://{redirect.to_host}", http.request.uri.path)'
                    },
                }
            },
        }
        for redirect in args.redirects
    ]


def header_rules(headers: SecurityHeaders) -> list[Rule]:
    """The security headers but HSTS, which is a setting of the zone. What the application says is left, if asked so."""
    said = {name: value for name, value in headers.values().items() if name != "Strict-Transport-Security"}
    always = {name for name in said if headers.override or name == "X-Content-Type-Options"}
    return [
        _told("headers", "true", {name: said[name] for name in said if name in always}),
        *(
            _told(name.lower(), f'not has_key(http.response.headers, "{name.lower()}")', {name: value})
            for name, value in said.items()
            if name not in always
        ),
    ]


def lock_rule(header: str, value: Any) -> Rule:
    """The header by which the gateway knows this zone, on every request to the origin."""
    return {
        **_rule("lock", "rewrite", "true"),
        "action_parameters": {"headers": {header: {"operation": "set", "value": value}}},
    }


def _lock(restricted: Restriction) -> Rule:
    """Blocks whatever the rest of the firewall does: it is no guess."""
    allowed = " ".join(restricted.cidrs)
    paths = _any_of(restricted.paths, "wildcard")
    return _rule("restricted", "block", f"({paths}) and not ip.src in {{{allowed}}}")


def _any_of(paths: Sequence[str], operator: str) -> str:
    """`wildcard` does not tell small letters from capitals, as many applications do not; `strict wildcard` does."""
    return " or ".join(f'http.request.uri.path {operator} r"{path}"' for path in paths)


def _rule(label: str, action: str, expression: str) -> Rule:
    # By its ref Cloudflare knows a rule again when others come before it.
    return {"ref": label, "description": label, "action": action, "expression": expression}


def _action(args: CloudflareEdgeArgs, action: str) -> str:
    return action if args.waf.block else "log"


def _cache(label: str, paths: Sequence[str], parameters: Mapping[str, Any]) -> Rule:
    rule = _rule(label, "set_cache_settings", expression_of(paths))
    return {**rule, "action_parameters": dict(parameters)}


def _kept(entry: KeptPaths, plan: Plan) -> Mapping[str, Any]:
    browser: Mapping[str, Any] = {"mode": "respect_origin"}
    if entry.browser_seconds is not None:
        browser = {"mode": "override_origin", "default": entry.browser_seconds}
    # Other plans tell copies apart by their query strings whatever is asked.
    one_copy = not entry.by_query and plan is Plan.ENTERPRISE
    key = {"cache_key": {"custom_key": {"query_string": {"exclude": {"all": True}}}}} if one_copy else {}
    return {
        "cache": True,
        "edge_ttl": {"mode": "override_origin", "default": entry.edge_seconds},
        "browser_ttl": browser,
        **key,
    }


def _rate(args: CloudflareEdgeArgs, limit: RateLimit) -> Rule:
    requests, period = counted(args.plan, limit.requests, limit.window_seconds)
    return {
        **_rule(
            f"rate-{limit.label}",
            _action(args, "block"),
            _any_of(limit.paths or ("/*",), "wildcard"),
        ),
        "ratelimit": {
            "characteristics": _COUNTED_BY,
            "period": period,
            "requests_per_period": requests,
            "mitigation_timeout": period,
        },
    }


def _told(label: str, expression: str, headers: Mapping[str, str]) -> Rule:
    changes = {name: {"operation": "set", "value": value} for name, value in headers.items()}
    return {**_rule(label, "rewrite", expression), "action_parameters": {"headers": changes}}
