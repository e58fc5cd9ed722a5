"""The API platform's names, certificates and way in, held against its document."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.components.reachability import survey
from tests.stacks.systems.api_platform import (
    OUTSIDE,
    balancer,
    cluster,
    container,
    firewall,
    listener,
    service,
    target_group,
    told,
    ways,
)
from tests.stacks.systems.standing import System, standing

ENDPOINTS = {"staging": "api-staging.yourproject.com", "production": "api.yourproject.com"}
# SSL Labs gives an A+ with HSTS for half a year or more, and no TLS before 1.2; per general knowledge.
HALF_A_YEAR_SECONDS = 180 * 24 * 60 * 60


@pytest.fixture
def production() -> System:
    return standing("api-platform-production")


@pytest.mark.proves("S2-06")
@pytest.mark.parametrize("environment", ENDPOINTS)
def test_each_environment_answers_https_under_its_own_name(environment: str) -> None:
    system, name = standing(f"api-platform-{environment}"), ENDPOINTS[environment]
    assert system.outputs["url"] == f"https://{name}"
    listed = system.client("route53").list_resource_record_sets(HostedZoneId=system.outputs["zone_id"])
    [record] = [one for one in listed["ResourceRecordSets"] if one["Type"] == "A"]
    assert record["Name"].rstrip(".") == name
    assert record["AliasTarget"]["DNSName"].rstrip(".") == balancer(system)["DNSName"]
    assert _certificate(system)["DomainName"] == name
    assert told(system, "api")["APP_URL"] == f"https://{name}"


@pytest.mark.proves("S2-06")
def test_in_development_the_same_container_listens_on_3000() -> None:
    """http://localhost:3000 is a developer's machine and no stack: there the container answers without a balancer."""
    dev = standing("api-platform-dev")
    [mapping] = container(dev, "api")["portMappings"]
    assert mapping["containerPort"] == 3000
    assert told(dev, "api")["PORT"] == "3000"


@pytest.mark.proves("S2-01", "S2-02")
def test_from_the_clients_to_the_database_and_its_backups(production: System) -> None:
    """Every arrow of the document's picture; its API gateway is the load balancer's rules behind the firewall."""
    assert balancer(production)["Scheme"] == "internet-facing"
    assert [rule["Name"] for rule in firewall(production)["Rules"]] == [
        "rate-limit",
        "reputation",
        "common",
        "known-bad-inputs",
    ]
    led = ways(production)
    assert set(led) == {"/*", "/auth/*"}
    for path, name in (("/*", "api"), ("/auth/*", "auth")):
        [group] = [one["targetGroupArn"] for one in service(production, name)["loadBalancers"]]
        assert led[path][group] == 100
    rds = production.client("rds")
    [target] = rds.describe_db_proxy_targets(DBProxyName="api-prod-database-proxy")["Targets"]
    assert (target["Type"], target["RdsResourceId"]) == ("TRACKED_CLUSTER", "api-prod-database")
    [kept] = production.inputs("aws:backup/selection:Selection").values()
    assert cluster(production)["DBClusterArn"] in kept["resources"]


@pytest.mark.proves("S2-01", "S2-17")
def test_who_reaches_whom_and_nobody_else(production: System) -> None:
    """Clients reach the load balancer alone, and the database is reached by the two services alone."""
    network = survey(production, "api-prod", OUTSIDE)
    outside = ("internet", *OUTSIDE)
    assert network.matrix() == {
        **{(place, "gateway"): "80 443" for place in outside},
        ("gateway", "api"): "3000",
        ("gateway", "auth"): "3001",
        ("api", "auth"): "3001",
        **{(name, "database"): "3306" for name in ("api", "auth")},
        **{(name, "cache"): "6379" for name in ("api", "auth")},
        # The internet for OAuth2 providers and monitoring, and SMTP; the public name leads back in.
        **{(name, place): "443 587" for name in ("api", "auth") for place in outside},
        **{(name, "gateway"): "443" for name in ("api", "auth")},
    }


@pytest.mark.proves("S2-09")
def test_health_is_asked_for_at_api_health_by_everybody_who_asks(production: System) -> None:
    [group] = [one["targetGroupArn"] for one in service(production, "api")["loadBalancers"]]
    asked = target_group(production, group)
    assert (asked["HealthCheckPath"], asked["Matcher"]["HttpCode"]) == ("/api/health", "200")
    assert asked["HealthCheckIntervalSeconds"] == 30
    checks = production.client("route53").list_health_checks()["HealthChecks"]
    assert {check["HealthCheckConfig"]["FullyQualifiedDomainName"] for check in checks} == {
        "api.yourproject.com",
        balancer(production)["DNSName"],
    }
    for check in checks:
        config = check["HealthCheckConfig"]
        assert (config["ResourcePath"], config["RequestInterval"]) == ("/api/health", 30)


@pytest.mark.proves("S2-21")
def test_what_a_rating_of_a_plus_asks_of_a_server(production: System) -> None:
    https = listener(production, 443)
    # TLS 1.3, or 1.2 with ciphers that keep a lost key from opening what was said before.
    assert (https["Protocol"], https["SslPolicy"]) == ("HTTPS", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06")
    redirect = listener(production, 80)["DefaultActions"][0]["RedirectConfig"]
    assert (redirect["Protocol"], redirect["Port"], redirect["StatusCode"]) == ("HTTPS", "443", "HTTP_301")
    certificate = _certificate(production)
    assert (certificate["Status"], certificate["KeyAlgorithm"]) == ("ISSUED", "RSA_2048")
    hsts = _headers(production)["strict_transport_security"]
    [age] = re.findall(r"max-age=(\d+)", hsts)
    assert int(age) >= HALF_A_YEAR_SECONDS
    assert "includeSubDomains" in hsts


@pytest.mark.proves("S2-22")
def test_the_certificate_renews_itself_as_long_as_its_record_stands(production: System) -> None:
    certificate = _certificate(production)
    assert (certificate["Type"], certificate["RenewalEligibility"]) == ("AMAZON_ISSUED", "ELIGIBLE")
    [validation] = certificate["DomainValidationOptions"]
    assert validation["ValidationMethod"] == "DNS"
    listed = production.client("route53").list_resource_record_sets(
        HostedZoneId=production.outputs["zone_id"]
    )["ResourceRecordSets"]
    proof = validation["ResourceRecord"]
    [record] = [one for one in listed if one["Name"] == proof["Name"]]
    assert [one["Value"] for one in record["ResourceRecords"]] == [proof["Value"]]


def test_the_headers_that_a_load_balancer_can_say(production: System) -> None:
    """X-XSS-Protection it cannot, and which pages may ask the API is for the API to say."""
    assert _headers(production) == {
        "strict_transport_security": "max-age=63072000; includeSubDomains",
        "content_security_policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'",
        "x_frame_options": "DENY",
        "x_content_type_options": "nosniff",
    }
    rules = production.client("s3").get_bucket_cors(Bucket=production.outputs["upload_bucket"])["CORSRules"]
    assert [rule["AllowedOrigins"] for rule in rules] == [["https://api.yourproject.com"]]


def _certificate(system: System) -> dict[str, Any]:
    [shown] = listener(system, 443)["Certificates"]
    found: dict[str, Any] = system.client("acm").describe_certificate(CertificateArn=shown["CertificateArn"])[
        "Certificate"
    ]
    return found


def _headers(system: System) -> dict[str, str]:
    """What the HTTPS listener adds to every answer, by header."""
    told = system.client("elbv2").describe_listener_attributes(
        ListenerArn=listener(system, 443)["ListenerArn"]
    )["Attributes"]
    begin, end = "routing.http.response.", ".header_value"
    return {
        one["Key"].removeprefix(begin).removesuffix(end): one["Value"]
        for one in told
        if one["Key"].endswith(end)
    }
