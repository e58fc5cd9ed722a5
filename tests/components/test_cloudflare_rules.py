"""The rules of a Cloudflare zone, as plain values."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import cloudflare_rules as rules
from components.cloudflare_edge import CloudflareEdgeArgs, FirewallRule, Plan
from components.edge import ONE_DAY_SECONDS, ONE_YEAR_SECONDS, KeptPaths, RateLimit, Redirect
from tests.components.edges import cloudflare_args, waf

LOGIN = RateLimit(label="login", paths=["/api/auth/*"], requests=60)
IMAGES = KeptPaths(label="images", paths=["/images/*", "/photos/*"], browser_seconds=ONE_YEAR_SECONDS)


def args(**more: Any) -> CloudflareEdgeArgs:
    return cloudflare_args(**more)


def test_paths_become_an_expression() -> None:
    assert rules.expression_of(["/api/*", "/health"]) == (
        'http.request.uri.path strict wildcard r"/api/*" or http.request.uri.path strict wildcard r"/health"'
    )


@pytest.mark.proves("S3-04")
def test_never_a_day_a_year_the_last_that_fits_wins() -> None:
    made = rules.cache_rules(args(kept=[IMAGES]))
    assert [(rule["ref"], rule["action_parameters"]) for rule in made] == [
        ("api", {"cache": False}),
        (
            "images",
            {
                "cache": True,
                "edge_ttl": {"mode": "override_origin", "default": ONE_DAY_SECONDS},
                "browser_ttl": {"mode": "override_origin", "default": ONE_YEAR_SECONDS},
            },
        ),
        (
            "static",
            {
                "cache": True,
                "edge_ttl": {"mode": "override_origin", "default": ONE_YEAR_SECONDS},
                "browser_ttl": {"mode": "respect_origin"},
            },
        ),
    ]


def test_of_two_kept_classes_the_first_wins_as_at_cloudfront() -> None:
    kept = [KeptPaths(label="one", paths=["/a/b/*"]), KeptPaths(label="two", paths=["/a/*"])]
    assert [rule["ref"] for rule in rules.cache_rules(args(kept=kept))] == ["api", "two", "one", "static"]


def test_what_no_path_names_has_no_rule() -> None:
    assert rules.cache_rules(args(api_paths=[], static_paths=[])) == []


@pytest.mark.parametrize(
    ("plan", "by_query", "one_copy"),
    [(Plan.ENTERPRISE, False, True), (Plan.ENTERPRISE, True, False), (Plan.PRO, False, False)],
)
def test_one_copy_for_all_queries_where_the_plan_has_it(plan: Plan, by_query: bool, one_copy: bool) -> None:
    kept = [KeptPaths(label="images", paths=["/i/*"], by_query=by_query)]
    [rule] = rules.cache_rules(args(kept=kept, plan=plan, api_paths=[], static_paths=[]))
    key = rule["action_parameters"].get("cache_key")
    assert key == ({"custom_key": {"query_string": {"exclude": {"all": True}}}} if one_copy else None)


def test_managed_rules_block_or_log() -> None:
    blocking = rules.managed_rules(args())
    assert [(rule["action"], rule["action_parameters"]) for rule in blocking] == [
        ("execute", {"id": "efb7b8c949ac4650a09736fc376e9aee"}),
        ("execute", {"id": "4814384a9e5d4991b9815dcfc25d2f1f"}),
    ]
    counting = rules.managed_rules(args(waf=waf(block=False), plan=Plan.ENTERPRISE))
    assert [rule["action_parameters"]["overrides"] for rule in counting] == [{"action": "log"}] * 2
    assert rules.managed_rules(args(plan=Plan.FREE)) == []


def test_countries_and_rules_of_ones_own() -> None:
    own = FirewallRule(label="admin", expression='http.host eq "a.org"', action="managed_challenge")
    said: dict[str, Any] = {"firewall_rules": [own]}
    made = rules.firewall_rules(args(**said, waf=waf(blocked_countries=["KP", "IR"])))
    assert [(rule["ref"], rule["action"], rule["expression"]) for rule in made] == [
        ("countries", "block", 'ip.src.country in {"KP" "IR"}'),
        ("admin", "managed_challenge", 'http.host eq "a.org"'),
    ]
    counting = rules.firewall_rules(args(**said, waf=waf(block=False, blocked_countries=["KP"])))
    assert [rule["action"] for rule in counting] == ["log", "log"]


def test_rates_of_paths_come_before_the_rate_of_everything() -> None:
    made = rules.rate_rules(args(waf=waf(rate_limits=[LOGIN])))
    assert [(rule["ref"], rule["expression"], rule["ratelimit"]) for rule in made] == [
        (
            "rate-login",
            'http.request.uri.path wildcard r"/api/auth/*"',
            {
                "characteristics": ["cf.colo.id", "ip.src"],
                "period": 60,
                "requests_per_period": 60,
                "mitigation_timeout": 60,
            },
        ),
        (
            "rate-everything",
            'http.request.uri.path wildcard r"/*"',
            {
                "characteristics": ["cf.colo.id", "ip.src"],
                "period": 60,
                "requests_per_period": 400,
                "mitigation_timeout": 60,
            },
        ),
    ]


@pytest.mark.parametrize(
    ("plan", "counted"),
    [
        (Plan.FREE, (67, 10)),
        (Plan.PRO, (400, 60)),
        (Plan.BUSINESS, (2000, 300)),
        (Plan.ENTERPRISE, (2000, 300)),
    ],
)
def test_a_rate_is_counted_as_the_plan_can(plan: Plan, counted: tuple[int, int]) -> None:
    assert rules.counted(plan, 2000, 300) == counted


@given(st.sampled_from(Plan), st.integers(10, 10**6), st.sampled_from([60, 120, 300, 600]))
def test_a_counted_rate_is_never_stricter_and_hardly_laxer(plan: Plan, requests: int, seconds: int) -> None:
    counted, period = rules.counted(plan, requests, seconds)
    assert period in rules.PERIODS[plan]
    assert period <= seconds
    assert counted >= 1
    assert requests * period <= counted * seconds < requests * period + seconds
    assert counted == math.ceil(requests * period / seconds)


def test_redirects_keep_path_and_query() -> None:
    [rule] = rules.redirect_rules(args(redirects=[Redirect(host="www.example.org", to_host="example.org")]))
    assert (rule["ref"], rule["expression"]) == ("from-www-example-org", 'http.host eq "www.example.org"')
    assert rule["action_parameters"]["from_value"] == {
        "status_code": 301,
        "preserve_query_string": True,
        "target_url": {"expression": 'concat("https://example.org", http.request.uri.path)'},
    }


def test_rules_keep_their_refs() -> None:
    said = args(
        kept=[IMAGES],
        redirects=[Redirect(host="www.example.org", to_host="example.org")],
        waf=waf(rate_limits=[LOGIN], blocked_countries=["KP"]),
    )
    for phase in (rules.cache_rules, rules.managed_rules, rules.firewall_rules, rules.rate_rules):
        refs = [rule["ref"] for rule in phase(said)]
        assert len(set(refs)) == len(refs) > 0
