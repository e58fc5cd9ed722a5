"""Without an edge the load balancer is the way in: open on two ports, behind a firewall of its own."""

from __future__ import annotations

from typing import Any

import pytest

from policies.engine import Judge, Outcome, evaluate
from policies.environment import Environment
from policies.pack import RULES
from policies.resource import Resource
from tests.stacks.entered import Entered, entered

EVERYTHING: dict[str, Any] = {
    "edge": {
        "kind": "none",
        "rate_limits": {
            "login": {"limit": 60, "window_seconds": 60, "paths": ["/auth/login", "/api/*/login"]}
        },
        "blocked_countries": ["KP"],
        "restricted_paths": ["/Admin/*"],
        "restricted_to": ["203.0.113.0/24", "2001:db8::/32"],
    },
    "network": {"ipv6": True},
}
PUBLIC = ("net-sg-public-ingress-only-on-edge", "edge-waf-everywhere", "lb-listener-encrypted")


def way_in(overrides: dict[str, Any] | None = None) -> Entered:
    return entered("production", overrides or {"edge": {"kind": "none"}})


def openings(made: Entered) -> set[tuple[str | None, int]]:
    rules = made.of("vpc/securityGroupIngressRule:SecurityGroupIngressRule").values()
    return {(rule.get("cidrIpv4") or rule.get("cidrIpv6"), rule["fromPort"]) for rule in rules}


def listeners(made: Entered) -> list[dict[str, Any]]:
    elb = made.client("elbv2")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    return list(elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"])


def published(made: Entered) -> dict[str, Any]:
    return {name: one for name, one in made.of("route53/record:Record").items() if "aliases" in one}


def acl(made: Entered) -> dict[str, Any]:
    [balancer] = made.client("elbv2").describe_load_balancers()["LoadBalancers"]
    waf = made.client("wafv2")
    return dict(waf.get_web_acl_for_resource(ResourceArn=balancer["LoadBalancerArn"])["WebACL"])


def addresses(made: Entered, arn: str) -> list[str]:
    *_, name, identity = arn.split("/")
    found = made.client("wafv2").get_ip_set(Name=name, Scope="REGIONAL", Id=identity)
    return list(found["IPSet"]["Addresses"])


def said(made: Entered) -> dict[str, str]:
    [listener] = [one for one in made.of("lb/listener:Listener").values() if one["port"] == 443]
    prefix, suffix = "routingHttpResponse", "HeaderValue"
    return {
        name.removeprefix(prefix).removesuffix(suffix): value
        for name, value in listener.items()
        if name.startswith(prefix)
    }


def _resources(made: Entered) -> list[Resource]:
    return [
        Resource(
            urn=one.urn,
            type=one.type,
            name=one.name,
            properties={**one.outputs, **one.inputs},
            parent=one.parent,
        )
        for one in made.registered()
        if one.type.startswith("aws:")
    ]


@pytest.mark.proves("S0-36")
def test_anybody_may_come_by_https_and_is_sent_there_from_http() -> None:
    made = way_in()
    assert openings(made) == {("0.0.0.0/0", 443), ("0.0.0.0/0", 80)}
    [group] = made.client("ec2").describe_security_groups(
        Filters=[{"Name": "tag:plinth:edge", "Values": ["true"]}]
    )["SecurityGroups"]
    assert group["Description"] == "Entrance la-prod-gateway"


@pytest.mark.proves("S0-37")
def test_http_only_redirects() -> None:
    [listener] = [item for item in listeners(way_in()) if item["Port"] == 80]
    [action] = listener["DefaultActions"]
    assert action["RedirectConfig"]["Protocol"] == "HTTPS"
    assert (action["RedirectConfig"]["Port"], action["RedirectConfig"]["StatusCode"]) == ("443", "HTTP_301")


def test_names_lead_to_the_balancer_and_there_is_no_other_way() -> None:
    made = way_in()
    [record] = published(made).values()
    [balancer] = made.client("elbv2").describe_load_balancers()["LoadBalancers"]
    assert (record["name"], record["aliases"][0]["name"]) == ("learning-assistant.app", balancer["DNSName"])
    assert made.of("cloudfront/distribution:Distribution") == {}
    assert [name for name in made.of("secretsmanager/secret:Secret") if "lock" in name] == []
    certificate = made.one("acm/certificate:Certificate")
    assert (certificate["domainName"], certificate["subjectAlternativeNames"]) == (
        "learning-assistant.app",
        [],
    )


def test_the_firewalls_log_keeps_no_credentials() -> None:
    made = way_in()
    waf = made.client("wafv2")
    log = waf.get_logging_configuration(ResourceArn=acl(made)["ARN"])["LoggingConfiguration"]
    assert [one["SingleHeader"]["Name"] for one in log["RedactedFields"]] == ["authorization", "cookie"]
    [group] = made.client("logs").describe_log_groups(logGroupNamePrefix="aws-waf-logs-")["logGroups"]
    assert (group["logGroupName"], group["retentionInDays"]) == ("aws-waf-logs-la-prod-gateway", 90)


def test_the_balancer_says_what_it_can_of_the_headers() -> None:
    assert said(way_in()) == {
        "StrictTransportSecurity": "max-age=63072000; includeSubDomains",
        "XContentTypeOptions": "nosniff",
    }


@pytest.mark.proves("S1-11")
def test_the_policies_notice_when_the_firewall_is_taken_away() -> None:
    without = [one for one in _resources(way_in()) if "webAclAssociation" not in one.type]
    judge = Judge([rule for rule in RULES if rule.id == "edge-waf-everywhere"], Environment.PRODUCTION)
    assert [finding.outcome for finding in evaluate(judge, without)] == [Outcome.VIOLATION]


@pytest.mark.parametrize("overrides", [{"edge": {"kind": "none"}}, EVERYTHING], ids=["plain", "everything"])
def test_the_policies_allow_it(overrides: dict[str, Any]) -> None:
    judge = Judge([rule for rule in RULES if rule.id in PUBLIC], Environment.PRODUCTION)
    findings = evaluate(judge, _resources(way_in(overrides)))
    assert {finding.rule.id for finding in findings if finding.outcome is Outcome.COMPLIANT} == set(PUBLIC)
    assert [finding for finding in findings if finding.outcome is not Outcome.COMPLIANT] == []


def test_over_ipv6_too_where_the_network_has_it() -> None:
    made = way_in(EVERYTHING)
    assert openings(made) == {(anybody, port) for anybody in ("0.0.0.0/0", "::/0") for port in (80, 443)}
    [balancer] = made.client("elbv2").describe_load_balancers()["LoadBalancers"]
    assert balancer["IpAddressType"] == "dualstack"
    assert {record["type"] for record in published(made).values()} == {"A", "AAAA"}


@pytest.mark.proves("S0-33", "S1-11")
def test_the_firewall_stands_before_the_balancer_with_all_its_rules() -> None:
    rules = {rule["Name"]: rule for rule in acl(way_in(EVERYTHING))["Rules"]}
    assert list(rules) == [
        "rate-limit", "reputation", "common", "known-bad-inputs", "rate-login", "countries", "restricted",
    ]  # fmt: skip
    everything = rules["rate-limit"]["Statement"]["RateBasedStatement"]
    login = rules["rate-login"]["Statement"]["RateBasedStatement"]
    assert (everything["Limit"], everything["EvaluationWindowSec"]) == (2000, 300)
    assert (login["Limit"], login["EvaluationWindowSec"]) == (60, 60)
    exact, pattern = login["ScopeDownStatement"]["OrStatement"]["Statements"]
    assert exact["ByteMatchStatement"]["PositionalConstraint"] == "EXACTLY"
    assert pattern["RegexMatchStatement"]["RegexString"] == "^/api/.*/login$"
    assert rules["countries"]["Statement"]["GeoMatchStatement"]["CountryCodes"] == ["KP"]


def test_restricted_paths_are_closed_to_all_addresses_but_those_named() -> None:
    made = way_in(EVERYTHING)
    [rule] = [rule for rule in acl(made)["Rules"] if rule["Name"] == "restricted"]
    assert rule["Action"] == {"Block": {}}
    path, *elsewhere = rule["Statement"]["AndStatement"]["Statements"]
    match = path["ByteMatchStatement"]
    # However it is written: the firewall reads it as applications do.
    assert (match["PositionalConstraint"], match["SearchString"]) == ("STARTS_WITH", b"/admin/")
    kinds = [item["Type"] for item in match["TextTransformations"]]
    assert kinds == ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"]
    named = [one["NotStatement"]["Statement"]["IPSetReferenceStatement"]["ARN"] for one in elsewhere]
    assert [addresses(made, arn) for arn in named] == [["203.0.113.0/24"], ["2001:db8::/32"]]


def test_the_balancer_says_frames_and_content_only_in_the_applications_place() -> None:
    headers = {"frame": "DENY", "content_security_policy": "default-src 'self'", "override": True}
    assert said(way_in({"edge": {"kind": "none", "headers": headers}})) == {
        "StrictTransportSecurity": "max-age=63072000; includeSubDomains",
        "XContentTypeOptions": "nosniff",
        "XFrameOptions": "DENY",
        "ContentSecurityPolicy": "default-src 'self'",
    }


def test_the_standbys_names_are_left_to_failover() -> None:
    made = entered("api-platform-production")
    records = published(made)
    assert {name: record["failoverRoutingPolicies"] for name, record in records.items()} == {
        "api-prod-dns-site-a": [{"type": "PRIMARY"}]
    }
