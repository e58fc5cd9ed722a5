"""A zone, its names, and where it comes from."""

import pytest

from components.dns import Dns, DnsArgs, FailoverRole, FailoverTarget
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import Cloud

TARGET = ("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2")


def test_a_zone_is_made_and_protected(cloud: Cloud) -> None:
    dns = cloud.deploy(lambda: Dns("la-prod-dns", DnsArgs(zone_name="example.org", protect=True)))
    zone = cloud.one("Zone")
    assert (zone.inputs["name"], zone.parent, zone.protect) == ("example.org", "la-prod-dns", True)
    assert cloud.value(dns.zone_id) == "la-prod-dns-id"
    assert cloud.value(dns.name_servers) == ["ns-1.example.", "ns-2.example."]
    assert cloud.of("Record") == []


def test_a_new_zone_is_delegated_by_its_parent(cloud: Cloud) -> None:
    args = DnsArgs(zone_name="dev.example.org", parent_zone_id="ZPARENT")
    cloud.deploy(lambda: Dns("la-dev-dns", args))
    record = cloud.one("Record").inputs
    assert (record["zoneId"], record["type"], record["name"]) == ("ZPARENT", "NS", "dev.example.org")
    assert record["records"] == ["ns-1.example.", "ns-2.example."]


def test_an_existing_zone_is_only_looked_up(cloud: Cloud) -> None:
    args = DnsArgs(zone_name="example.org", existing_zone_id="ZTHERE")
    dns = cloud.deploy(lambda: Dns("la-prod-dns", args))
    assert cloud.made == []
    assert cloud.value(dns.zone_id) == "ZTHERE"


@pytest.mark.parametrize(("ipv6", "kinds"), [(False, ["A"]), (True, ["A", "AAAA"])])
def test_an_alias_points_at_its_target(cloud: Cloud, ipv6: bool, kinds: list[str]) -> None:
    def program() -> None:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="example.org"))
        dns.alias("site", "www.example.org", *TARGET, ipv6=ipv6)

    cloud.deploy(program)
    records = cloud.of("Record")
    assert [made.inputs["type"] for made in records] == kinds
    assert [made.name for made in records] == [f"la-prod-dns-site-{kind.lower()}" for kind in kinds]
    for made in records:
        assert (made.inputs["name"], made.parent) == ("www.example.org", "la-prod-dns")
        assert made.inputs["aliases"] == [
            {"name": TARGET[0], "zoneId": TARGET[1], "evaluateTargetHealth": False}
        ]


def test_a_name_of_another_zone_is_refused(cloud: Cloud) -> None:
    def program() -> None:
        Dns("la-prod-dns", DnsArgs(zone_name="example.org")).alias("site", "notexample.org", *TARGET)

    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == (
        "la-prod-dns-site: notexample.org lies outside of the zone example.org. "
        "Expected example.org or a name that ends with .example.org. "
        "Fix: correct the name or use the zone that it belongs to."
    )


def test_an_existing_zone_cannot_be_delegated_again(cloud: Cloud) -> None:
    args = DnsArgs(zone_name="example.org", existing_zone_id="ZTHERE", parent_zone_id="ZPARENT")
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Dns("la-prod-dns", args))
    assert str(refused.value) == (
        "la-prod-dns: example.org is to be an existing zone and to be delegated from a parent zone. "
        "Expected one of existing_zone_id and parent_zone_id. "
        "Fix: drop parent_zone_id: whoever made the zone has delegated it."
    )
    assert cloud.made == []


def test_aws_resolves_the_alias() -> None:
    def program() -> None:
        dns = Dns("la-dev-dns", DnsArgs(zone_name="dev.learning-assistant.app"))
        dns.alias("site", "dev.learning-assistant.app", *TARGET, ipv6=True)

    simulation = Simulation()
    simulation.run(program)
    route53 = simulation.client("route53")
    zones = {zone["Name"]: zone["Id"] for zone in route53.list_hosted_zones()["HostedZones"]}
    assert set(zones) == {"dev.learning-assistant.app."}
    records = route53.list_resource_record_sets(HostedZoneId=zones["dev.learning-assistant.app."])
    aliases = {
        record["Type"]: record["AliasTarget"]["DNSName"].rstrip(".")
        for record in records["ResourceRecordSets"]
        if "AliasTarget" in record
    }
    assert aliases == {"A": TARGET[0], "AAAA": TARGET[0]}


@pytest.mark.parametrize("role", list(FailoverRole))
def test_a_name_with_two_targets_has_a_role_and_the_health_check_that_decides(role: FailoverRole) -> None:
    simulation = Simulation()

    def program() -> None:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="shop.example.net"))
        check = dns.health_check("region", "first.shop.example.net", "/health")
        target = FailoverTarget(
            role=role, domain="a.us-east-1.elb.amazonaws.com", zone_id="Z35SXDOTRQ7X7K", health_check_id=check
        )
        dns.failover("site", "shop.example.net", target, ipv6=True)

    simulation.run(program)
    route53 = simulation.client("route53")
    [check] = route53.list_health_checks()["HealthChecks"]
    assert (
        check["HealthCheckConfig"].items()
        >= {
            "Type": "HTTPS",
            "FullyQualifiedDomainName": "first.shop.example.net",
            "ResourcePath": "/health",
            "Port": 443,
            "RequestInterval": 30,
            "FailureThreshold": 3,
        }.items()
    )
    [zone] = route53.list_hosted_zones()["HostedZones"]
    records = [
        record
        for record in route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
        if "Failover" in record
    ]
    assert [(one["Type"], one["Failover"], one["SetIdentifier"]) for one in records] == [
        (kind, role.value, role.value.lower()) for kind in ("A", "AAAA")
    ]
    assert {one["HealthCheckId"] for one in records} == {check["Id"]}


def test_a_name_with_two_targets_lies_in_the_zone(cloud: Cloud) -> None:
    def program() -> None:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="example.org"))
        target = FailoverTarget(
            role=FailoverRole.PRIMARY, domain=TARGET[0], zone_id=TARGET[1], health_check_id="c"
        )
        dns.failover("site", "example.net", target)

    with pytest.raises(ComponentError, match=r"example\.net lies outside of the zone example\.org"):
        cloud.deploy(program)
