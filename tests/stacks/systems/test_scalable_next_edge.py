"""The scalable Next.js product's Cloudflare, and what is kept where, held against its document."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import Any

import pytest

from tests.stacks.systems.scalable_next import container, listener, rules, told, zone_setting
from tests.stacks.systems.standing import System, standing

ONE_DAY, ONE_YEAR = 24 * 60 * 60, 365 * 24 * 60 * 60


@pytest.fixture
def production() -> System:
    return standing("scalable-next-production")


@pytest.mark.proves("S3-04", "S3-19")
def test_static_files_stay_a_day_at_every_location(production: System) -> None:
    static = rules(production, "cache")["static"]
    assert static["expression"] == _paths("/_next/static/*", "/images/*")
    kept = static["actionParameters"]
    assert (kept["cache"], kept["edgeTtl"]) == (True, {"mode": "override_origin", "default": ONE_DAY})
    # Locations ask each other before they ask the load balancer.
    [tiers] = production.inputs("cloudflare:index/tieredCache:TieredCache").values()
    assert tiers["value"] == "on"


@pytest.mark.proves("S3-18")
def test_browsers_keep_static_files_and_images_for_a_year(production: System) -> None:
    static = rules(production, "cache")["static"]
    assert "/images/*" in static["expression"]
    assert static["actionParameters"]["browserTtl"] == {"mode": "override_origin", "default": ONE_YEAR}
    # Whatever else there is, as long as the application says.
    assert zone_setting(production, "browser-cache-ttl") == 0


@pytest.mark.proves("S3-19")
def test_answers_of_the_api_that_are_the_same_for_everybody_stay_a_day(production: System) -> None:
    """The last rule that fits decides: the API as a whole is never kept."""
    kept = rules(production, "cache")
    assert list(kept) == ["api", "public-api", "static"]
    assert (kept["api"]["expression"], kept["api"]["actionParameters"]) == (
        _paths("/api/*"),
        {"cache": False},
    )
    assert kept["public-api"]["expression"] == _paths("/api/public/*")
    assert kept["public-api"]["actionParameters"] == {
        "cache": True,
        "edgeTtl": {"mode": "override_origin", "default": ONE_DAY},
        "browserTtl": {"mode": "respect_origin"},
    }


def test_redis_keeps_sessions_queries_and_answers_for_five_to_ten_minutes(production: System) -> None:
    """Which is the application's to do; it is told how long."""
    kept = {name: int(value) for name, value in told(production).items() if name.startswith("CACHE_TTL_")}
    assert kept == {"CACHE_TTL_SESSION": 600, "CACHE_TTL_QUERY": 300, "CACHE_TTL_API": 300}


@pytest.mark.proves("S3-05")
def test_cloudflare_turns_floods_and_attacks_away(production: System) -> None:
    floods = production.inputs("cloudflare:index/ruleset:Ruleset")["next-prod-edge-ddos"]
    assert (floods["phase"], floods["kind"]) == ("ddos_l7", "zone")
    assert _executed(production, "ddos") == {"ddos": "4d21379b4f9f4bb088e0729962c8b3cf"}
    # Cloudflare's own rules and OWASP's, by the ids that Cloudflare gave them.
    assert _executed(production, "managed") == {
        "cloudflare-managed": "efb7b8c949ac4650a09736fc376e9aee",
        "owasp-core": "4814384a9e5d4991b9815dcfc25d2f1f",
    }


@pytest.mark.proves("S3-06")
def test_cloudflare_ends_tls_and_checks_whom_it_asks(production: System) -> None:
    assert zone_setting(production, "always-use-https") == "on"
    assert zone_setting(production, "min-tls-version") == "1.3"
    assert zone_setting(production, "ssl") == "strict"
    [shown] = listener(production, 443)["Certificates"]
    described = production.client("acm").describe_certificate(CertificateArn=shown["CertificateArn"])
    assert "origin.scalable-next.app" in described["Certificate"]["SubjectAlternativeNames"]


@pytest.mark.proves("S3-07")
def test_images_are_made_smaller_by_cloudflare_and_may_be_by_next(production: System) -> None:
    """Polish takes no quality away; Next.js's own route is asked anew and has room for what it makes."""
    assert zone_setting(production, "polish") == "lossless"
    assert not [pattern for pattern in _kept_paths(production) if fnmatch("/_next/image", pattern)]
    [scratch] = container(production)["mountPoints"]
    assert (scratch["containerPath"], scratch["readOnly"]) == ("/tmp", False)
    assert container(production)["readonlyRootFilesystem"] is True


def _kept_paths(system: System) -> list[str]:
    found = [rule for rule in rules(system, "cache").values() if rule["actionParameters"]["cache"]]
    patterns = [pattern for rule in found for pattern in re.findall(r'r"([^"]+)"', rule["expression"])]
    assert patterns == ["/api/public/*", "/_next/static/*", "/images/*"]
    return patterns


def _executed(system: System, name: str) -> dict[str, Any]:
    """The rulesets that are run for every request, by reference."""
    found = rules(system, name)
    assert {(rule["action"], rule["expression"]) for rule in found.values()} == {("execute", "true")}
    return {ref: rule["actionParameters"]["id"] for ref, rule in found.items()}


def _paths(*patterns: str) -> str:
    return " or ".join(f'http.request.uri.path strict wildcard r"{pattern}"' for pattern in patterns)
