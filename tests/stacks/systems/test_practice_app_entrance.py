"""The practice app's zones, firewall and edge, held against its document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.components.ports import NONE, Ports
from tests.components.reachability import Map, survey
from tests.stacks.systems.standing import System, standing

EDGE = "sp-prod-edge"
NAMES = ("spanish-practice.app", "www.spanish-practice.app", "api.spanish-practice.app")
# One address of the edge, and one of nobody.
OUTSIDE = {"cloudflare": "173.245.48.9", "anybody": "203.0.113.9"}


@pytest.fixture
def production() -> System:
    return standing("practice-app-production")


@pytest.fixture
def network(production: System) -> Map:
    return survey(production, "sp-prod", OUTSIDE)


@pytest.mark.proves("S0-01", "S0-07", "S0-36", "S0-38", "S0-39", "S0-40", "S0-42", "S0-43", "S0-56")
def test_who_reaches_whom_and_nobody_else(network: Map) -> None:
    """The document's firewall: 443 comes in, through the edge alone; 8000 is the load balancer's alone.

    The frontend reaches no data, the backend's calls from within come on the mesh's own port, and administrators
    come by the bastion.
    """
    outside = ("internet", *OUTSIDE)
    assert network.matrix() == {
        ("cloudflare", "gateway"): "443",
        ("gateway", "web"): "3000",
        ("gateway", "api"): "8000",
        ("web", "api"): "8001",
        ("api", "database"): "5432",
        ("api", "cache"): "6379",
        ("bastion", "database"): "5432",
        ("bastion", "cache"): "6379",
        **{("api", place): "25 80 443 587" for place in outside},
        **{("web", place): "443" for place in outside},
        **{("bastion", place): "443" for place in outside},
    }


@pytest.mark.proves("S0-41", "S0-56")
def test_administrators_come_without_an_open_port(production: System, network: Map) -> None:
    """In place of a VPN: Session Manager, which needs an IAM role and no way in."""
    ssh = Ports.of("tcp", 22, 22)
    names = [*network.inhabitants, *network.outside]
    assert [(a, b) for a in names for b in network.inhabitants if network.ports(a, b) & ssh != NONE] == []
    [reservation] = production.client("ec2").describe_instances()["Reservations"]
    [bastion] = reservation["Instances"]
    assert bastion["InstanceId"] == production.outputs["bastion_instance_id"]
    assert "PublicIpAddress" not in bastion
    assert [name for name in names if network.ports(name, "bastion") != NONE] == []
    statement = _allowed(production, bastion["IamInstanceProfile"]["Arn"].rsplit("/", 1)[-1])
    assert statement["Sid"] == "TalkToSessionManager"
    assert {"ssm:UpdateInstanceInformation", "ssmmessages:OpenDataChannel"} <= set(statement["Action"])


@pytest.mark.proves("S0-37", "S0-54")
def test_http_is_sent_to_https(production: System) -> None:
    """By the edge, which is what people meet, and by the load balancer behind it."""
    assert _setting(production, "always-use-https") == "on"
    assert _setting(production, "automatic-https-rewrites") == "on"
    balancers = production.client("elbv2")
    [balancer] = balancers.describe_load_balancers()["LoadBalancers"]
    listeners = balancers.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    [http] = [listener for listener in listeners if listener["Port"] == 80]
    redirect = http["DefaultActions"][0]["RedirectConfig"]
    assert {key: redirect[key] for key in ("Protocol", "Port", "StatusCode")} == {
        "Protocol": "HTTPS",
        "Port": "443",
        "StatusCode": "HTTP_301",
    }


@pytest.mark.proves("S0-54")
def test_tls_1_3_all_the_way(production: System) -> None:
    assert _setting(production, "min-tls-version") == "1.3"
    assert _setting(production, "tls-1-3") == "on"
    # The edge believes the load balancer only by a certificate that covers the name.
    assert _setting(production, "ssl") == "strict"
    balancers = production.client("elbv2")
    [balancer] = balancers.describe_load_balancers()["LoadBalancers"]
    listeners = balancers.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    [https] = [listener for listener in listeners if listener["Port"] == 443]
    assert https["SslPolicy"] == "ELBSecurityPolicy-TLS13-1-3-2021-06"
    [policy] = balancers.describe_ssl_policies(Names=[https["SslPolicy"]])["SslPolicies"]
    assert policy["SslProtocols"] == ["TLSv1.3"]
    arn = https["Certificates"][0]["CertificateArn"]
    certificate = production.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]
    assert certificate["Status"] == "ISSUED"
    assert {*NAMES, "origin.spanish-practice.app"} <= set(certificate["SubjectAlternativeNames"])


@pytest.mark.proves("S0-14", "S0-56")
def test_cloudflare_fronts_both_frontend_and_backend(production: System) -> None:
    records = production.inputs("cloudflare:index/dnsRecord:DnsRecord").values()
    proxied = {record["name"]: record["content"] for record in records if record.get("proxied")}
    assert proxied == dict.fromkeys(NAMES, "origin.spanish-practice.app")
    [origin] = [record for record in records if record["name"] == "origin.spanish-practice.app"]
    assert origin["content"] == production.outputs["load_balancer_dns"]
    # Nobody else's requests are taken: they lack the header that the edge adds.
    [lock] = _rules(production, "origin")
    [(header, change)] = lock["actionParameters"]["headers"].items()
    listener = production.inputs("aws:lb/listenerRule:ListenerRule")
    for name in ("sp-prod-web", "sp-prod-api"):
        asked = [one["httpHeader"] for one in listener[name]["conditions"] if "httpHeader" in one]
        assert [one["httpHeaderName"] for one in asked] == [header]
        assert change["value"] in asked[0]["values"]


@pytest.mark.proves("S0-07", "S0-15", "S0-63")
def test_built_files_are_kept_at_the_edge_and_for_a_year_by_browsers(production: System) -> None:
    [static] = [rule for rule in _rules(production, "cache") if rule["ref"] == "static"]
    assert static["expression"] == 'http.request.uri.path strict wildcard r"/_next/static/*"'
    kept = static["actionParameters"]
    assert kept["cache"] is True
    assert kept["browserTtl"] == {"mode": "override_origin", "default": 31_536_000}
    # Data centres ask each other before they ask the region.
    assert production.inputs("cloudflare:index/tieredCache:TieredCache")[f"{EDGE}-tiers"]["value"] == "on"


@pytest.mark.proves("S0-07", "S0-64")
def test_static_pages_are_kept_for_an_hour(production: System) -> None:
    [pages] = [rule for rule in _rules(production, "cache") if rule["ref"] == "pages"]
    assert pages["actionParameters"]["edgeTtl"] == {"mode": "override_origin", "default": 3600}
    for path in ("/", "/about", "/help"):
        assert f'strict wildcard r"{path}"' in pages["expression"]


@pytest.mark.proves("S0-63", "S0-64")
def test_answers_of_the_backend_are_never_kept(production: System) -> None:
    """Neither by the edge, nor by browsers longer than the backend itself says."""
    [api] = [rule for rule in _rules(production, "cache") if rule["ref"] == "api"]
    assert api["actionParameters"] == {"cache": False}
    paths = [part.split('"')[1] for part in api["expression"].split(" or ")]
    assert paths == ["/api/*", "/auth/*", "/exercises*", "/progress*", "/users*"]
    assert _setting(production, "browser-cache-ttl") == 0


@pytest.mark.proves("S0-53", "S0-33")
def test_sixty_requests_a_minute(production: System) -> None:
    rates = {rule["ref"]: rule for rule in _rules(production, "rates")}
    limit = rates["rate-api"]["ratelimit"]
    assert (limit["requestsPerPeriod"], limit["period"]) == (60, 60)
    assert "ip.src" in limit["characteristics"]
    assert rates["rate-api"]["action"] == "block"
    for group in ("/auth/*", "/exercises*", "/progress*", "/users*"):
        assert f'r"{group}"' in rates["rate-api"]["expression"]


@pytest.mark.proves("S0-33")
def test_the_dmz_holds_firewall_and_load_balancer(production: System) -> None:
    managed = _rules(production, "managed")
    assert {rule["ref"] for rule in managed} == {"cloudflare-managed", "owasp-core"}
    assert {(rule["action"], rule["expression"]) for rule in managed} == {("execute", "true")}
    [balancer] = production.client("elbv2").describe_load_balancers()["LoadBalancers"]
    assert _tiers(production, [zone["SubnetId"] for zone in balancer["AvailabilityZones"]]) == {"public"}


@pytest.mark.proves("S0-35")
def test_the_data_zone_holds_database_and_cache_and_the_way_to_backups(production: System) -> None:
    [group] = production.client("rds").describe_db_subnet_groups()["DBSubnetGroups"]
    assert _tiers(production, [one["SubnetIdentifier"] for one in group["Subnets"]]) == {"database"}
    [cache] = production.client("elasticache").describe_cache_subnet_groups()["CacheSubnetGroups"]
    assert _tiers(production, [one["SubnetIdentifier"] for one in cache["Subnets"]]) == {"database"}
    # Dumps go to their bucket without crossing the internet.
    ec2 = production.client("ec2")
    [endpoint] = ec2.describe_vpc_endpoints()["VpcEndpoints"]
    assert (endpoint["ServiceName"], endpoint["VpcEndpointType"]) == (
        "com.amazonaws.us-east-1.s3",
        "Gateway",
    )
    tables = ec2.describe_route_tables(RouteTableIds=endpoint["RouteTableIds"])["RouteTables"]
    subnets = [one["SubnetId"] for table in tables for one in table["Associations"] if "SubnetId" in one]
    assert _tiers(production, subnets) == {"private"}
    [task] = production.inputs("aws:scheduler/schedule:Schedule").values()
    network = task["target"]["ecsParameters"]["networkConfiguration"]
    assert set(network["subnets"]) <= set(subnets)
    # The zone itself has no way to the internet.
    ids = [one["SubnetIdentifier"] for one in group["Subnets"]]
    tables = ec2.describe_route_tables(Filters=[{"Name": "association.subnet-id", "Values": ids}])[
        "RouteTables"
    ]
    assert [route["DestinationCidrBlock"] for table in tables for route in table["Routes"]] == [
        "10.22.0.0/16"
    ]


@pytest.mark.proves("S0-58", "S0-60")
def test_every_answer_has_the_documents_headers(production: System) -> None:
    [rule] = _rules(production, "headers")
    assert (rule["expression"], rule["action"]) == ("true", "rewrite")
    assert rule["actionParameters"]["headers"] == {
        name: {"operation": "set", "value": value}
        for name, value in {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "X-XSS-Protection": "1; mode=block",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
            "Content-Security-Policy": (
                "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
            ),
        }.items()
    }


@pytest.mark.proves("S0-59", "S0-54")
def test_browsers_insist_on_https_for_a_year(production: System) -> None:
    strict = _setting(production, "security-header")["strict_transport_security"]
    assert (strict["enabled"], strict["max_age"], strict["include_subdomains"], strict["preload"]) == (
        True,
        31_536_000,
        True,
        False,
    )


def _setting(system: System, name: str) -> Any:
    return system.inputs("cloudflare:index/zoneSetting:ZoneSetting")[f"{EDGE}-{name}"]["value"]


def _allowed(system: System, profile: str) -> Mapping[str, Any]:
    """The one statement of the role of an instance profile."""
    iam = system.client("iam")
    [role] = iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]["Roles"]
    [policy] = iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
    document = iam.get_role_policy(RoleName=role["RoleName"], PolicyName=policy)["PolicyDocument"]
    [statement] = document["Statement"]
    assert isinstance(statement, Mapping)
    return statement


def _rules(system: System, name: str) -> list[Mapping[str, Any]]:
    rules: list[Mapping[str, Any]] = system.inputs("cloudflare:index/ruleset:Ruleset")[f"{EDGE}-{name}"][
        "rules"
    ]
    return rules


def _tiers(system: System, subnets: list[str]) -> set[str]:
    """The tiers that subnets belong to, by their names."""
    found = system.client("ec2").describe_subnets(SubnetIds=subnets)["Subnets"]
    names = [tag["Value"] for subnet in found for tag in subnet["Tags"] if tag["Key"] == "Name"]
    return {name.removeprefix("sp-prod-network-").rsplit("-", 1)[0] for name in names}
