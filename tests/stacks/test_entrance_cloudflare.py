"""The practice app's way in: a zone at Cloudflare, set and ruled as its document says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pulumi
import pytest

from simcloud.testing import Simulation
from stacks.parts.zone import open_zone
from tests.stacks.entered import Entered, entered, unwrapped
from tests.stacks.settings.loading import loaded

SITE = "spanish-practice.app"
ONE_YEAR = 31_536_000
MORE: dict[str, Any] = {
    "edge": {
        "cloudflare": {"plan": "business", "image_optimisation": "lossless", "settings": {"brotli": "off"}},
        "blocked_countries": ["KP"],
        "restricted_paths": ["/admin/*"],
        "restricted_to": ["203.0.113.0/24", "2001:db8::/32"],
        "rate_limits": {
            "login": {"limit": 20, "window_seconds": 60, "paths": ["/auth/login", "/auth/register"]}
        },
    },
}


def way_in(overrides: dict[str, Any] | None = None) -> Entered:
    return entered("practice-app-production", overrides)


def rules(made: Entered, label: str) -> dict[str, Mapping[str, Any]]:
    """The rules of one phase, by what they are called."""
    ruleset = made.of("cloudflare:index/ruleset:Ruleset")[f"sp-prod-edge-{label}"]
    return {rule["ref"]: rule for rule in ruleset["rules"]}


def settings_of(made: Entered) -> dict[str, Any]:
    found = made.of("cloudflare:index/zoneSetting:ZoneSetting").values()
    return {setting["settingId"]: setting["value"] for setting in found}


@pytest.mark.proves("S0-14")
def test_cloudflare_answers_for_every_name_and_asks_one_origin() -> None:
    records = way_in().of("cloudflare:index/dnsRecord:DnsRecord").values()
    answered = {one["name"]: one["content"] for one in records if one["proxied"]}
    assert answered == dict.fromkeys([SITE, f"www.{SITE}", f"api.{SITE}"], f"origin.{SITE}")
    [origin] = [one for one in records if one["name"] == f"origin.{SITE}"]
    assert (origin["type"], origin["proxied"]) == ("CNAME", False)
    assert origin["content"].endswith(".elb.amazonaws.com")


def test_the_balancers_certificate_covers_what_cloudflare_asks_for() -> None:
    made = way_in()
    certificate = made.one("acm/certificate:Certificate")
    names = {certificate["domainName"], *certificate["subjectAlternativeNames"]}
    assert names == {SITE, f"www.{SITE}", f"api.{SITE}", f"origin.{SITE}"}
    [found] = made.client("acm").list_certificates()["CertificateSummaryList"]
    described = made.client("acm").describe_certificate(CertificateArn=found["CertificateArn"])
    assert described["Certificate"]["Status"] == "ISSUED"
    assert made.of("route53/zone:Zone") == {}


@pytest.mark.proves("S0-54")
def test_tls_1_3_from_the_browser_to_the_balancer() -> None:
    made = way_in()
    settings = settings_of(made)
    assert (settings["min_tls_version"], settings["always_use_https"], settings["ssl"]) == (
        "1.3",
        "on",
        "strict",
    )
    hsts = settings["security_header"]["strict_transport_security"]
    assert (hsts["enabled"], hsts["max_age"]) == (True, ONE_YEAR)
    elb = made.client("elbv2")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    listeners = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    policies = {one["Port"]: one.get("SslPolicy") for one in listeners}
    assert policies[443] == "ELBSecurityPolicy-TLS13-1-3-2021-06"


def test_nobody_but_cloudflare_reaches_the_balancer_and_of_its_customers_only_this_one() -> None:
    made = way_in()
    ingress = made.of("vpc/securityGroupIngressRule:SecurityGroupIngressRule").values()
    assert not [rule for rule in ingress if rule.get("cidrIpv4") or rule.get("cidrIpv6")]
    assert {rule["fromPort"] for rule in ingress if "prefixListId" in rule} == {443}
    [sent] = unwrapped(made.of("cloudflare:index/ruleset:Ruleset")["sp-prod-edge-origin"]["rules"])
    assert list(sent["actionParameters"]["headers"]) == ["x-origin-verify"]
    conditions = unwrapped(made.one("lb/listenerRule:ListenerRule")["conditions"])
    value = sent["actionParameters"]["headers"]["x-origin-verify"]["value"]
    [asked] = [one["httpHeader"] for one in conditions if "httpHeader" in one]
    assert value in unwrapped(asked)["values"]
    assert made.of("wafv2/webAcl:WebAcl") == {}


@pytest.mark.proves("S0-53")
def test_sixty_requests_a_minute() -> None:
    rate = rules(way_in(), "rates")["rate-api"]["ratelimit"]
    assert (rate["requestsPerPeriod"], rate["period"]) == (60, 60)


@pytest.mark.proves("S0-58", "S0-59", "S0-60")
def test_the_headers_are_the_documents_word_for_word() -> None:
    made = way_in()
    [rule] = rules(made, "headers").values()
    assert {name: one["value"] for name, one in rule["actionParameters"]["headers"].items()} == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-XSS-Protection": "1; mode=block",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
        "Content-Security-Policy": (
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
        ),
    }
    hsts = settings_of(made)["security_header"]["strict_transport_security"]
    assert (hsts["max_age"], hsts["include_subdomains"], hsts["preload"]) == (ONE_YEAR, True, False)


@pytest.mark.proves("S0-63", "S0-64")
def test_built_files_stay_a_year_pages_an_hour_and_answers_of_the_api_not_at_all() -> None:
    cache = {name: one["actionParameters"] for name, one in rules(way_in(), "cache").items()}
    assert list(cache) == ["api", "pages", "static"]
    assert cache["api"] == {"cache": False}
    assert cache["pages"]["edgeTtl"] == {"mode": "override_origin", "default": 3600}
    assert cache["static"]["browserTtl"] == {"mode": "override_origin", "default": ONE_YEAR}
    pages = rules(way_in(), "cache")["pages"]["expression"]
    assert [part.split('r"')[1][:-1] for part in pages.split(" or ")] == ["/", "/about", "/help"]


def test_countries_restricted_paths_and_rates_of_paths() -> None:
    made = way_in(MORE)
    firewall = rules(made, "firewall")
    assert firewall["countries"]["expression"] == 'ip.src.country in {"KP"}'
    assert (firewall["restricted"]["action"], firewall["restricted"]["expression"]) == (
        "block",
        '(http.request.uri.path wildcard r"/admin/*") and not ip.src in {203.0.113.0/24 2001:db8::/32}',
    )
    assert list(rules(made, "rates")) == ["rate-api", "rate-login", "rate-everything"]
    assert rules(made, "rates")["rate-login"]["expression"] == (
        'http.request.uri.path wildcard r"/auth/login" or http.request.uri.path wildcard r"/auth/register"'
    )


def test_further_settings_of_the_zone() -> None:
    settings = settings_of(way_in(MORE))
    assert (settings["polish"], settings["brotli"]) == ("lossless", "off")


@pytest.mark.proves("S3-04", "S3-18", "S3-19")
def test_built_files_and_public_answers_stay_a_day_at_the_edge_and_a_year_in_browsers() -> None:
    made = entered("scalable-next-production")
    ruleset = made.of("cloudflare:index/ruleset:Ruleset")["next-prod-edge-cache"]
    cache = {rule["ref"]: rule["actionParameters"] for rule in ruleset["rules"]}
    assert list(cache) == ["api", "public-api", "static"]
    assert cache["static"]["edgeTtl"]["default"] == cache["public-api"]["edgeTtl"]["default"] == 86_400
    assert cache["static"]["browserTtl"]["default"] == ONE_YEAR
    assert cache["api"] == {"cache": False}


@pytest.mark.proves("S3-06")
def test_cloudflare_speaks_tls_to_browsers_and_checks_the_balancers() -> None:
    assert settings_of(entered("scalable-next-production"))["ssl"] == "strict"


@pytest.mark.proves("S3-08")
def test_requests_go_round() -> None:
    elb = entered("scalable-next-production").client("elbv2")
    [group] = elb.describe_target_groups()["TargetGroups"]
    attributes = elb.describe_target_group_attributes(TargetGroupArn=group["TargetGroupArn"])["Attributes"]
    assert {"Key": "load_balancing.algorithm.type", "Value": "round_robin"} in attributes


@pytest.mark.proves("S3-05")
def test_cloudflares_own_rules_and_administration_from_the_office_only() -> None:
    made = entered("scalable-next-production")
    rulesets = made.of("cloudflare:index/ruleset:Ruleset")
    managed = {rule["ref"]: rule["action"] for rule in rulesets["next-prod-edge-managed"]["rules"]}
    assert managed == {"cloudflare-managed": "execute", "owasp-core": "execute"}
    [floods] = rulesets["next-prod-edge-ddos"]["rules"]
    assert rulesets["next-prod-edge-ddos"]["phase"] == "ddos_l7"
    assert floods["actionParameters"]["overrides"] == {"sensitivityLevel": "default"}
    [lock] = rulesets["next-prod-edge-firewall"]["rules"]
    office = made.settings.edge.restricted_to[0]
    assert (lock["action"], lock["expression"]) == (
        "block",
        f'(http.request.uri.path wildcard r"/admin/*") and not ip.src in {{{office}}}',
    )
    polish = made.of("cloudflare:index/zoneSetting:ZoneSetting")["next-prod-edge-polish"]
    assert polish["value"] == "lossless"


def test_a_zone_that_exists_is_used_and_left_as_it_is() -> None:
    simulation = Simulation()
    zone_id = simulation.run(_zone_of_somebody_else)
    there = {"domain": {"existing_zone_id": zone_id}, "edge": {"cloudflare": {"account_id": None}}}
    settings = loaded("practice-app-production", there)
    assert simulation.run(lambda: open_zone(settings).zone_id) == zone_id
    assert [one.name for one in simulation.of_type("cloudflare:index/zone:Zone")] == ["theirs"]
    assert simulation.of_type("cloudflare:index/zoneDnssec:ZoneDnssec") == []


def _zone_of_somebody_else() -> pulumi.Output[str]:
    import pulumi_cloudflare as cloudflare

    return cloudflare.Zone("theirs", name=SITE, account={"id": "0" * 32}, type="full").id


def test_who_has_no_cloudflare_does_not_load_it() -> None:
    # Cloudflare's SDK takes seconds to import.
    program = "import sys, stacks.assemble; sys.exit('pulumi_cloudflare' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=120).returncode == 0
