"""A zone at Cloudflare: the methods of Route 53's, Cloudflare's records."""

from typing import Any

import pulumi
import pytest

from components.certificate import Certificate, CertificateArgs
from components.dns import Dns
from components.dns_cloudflare import CloudflareDns, CloudflareDnsArgs
from components.dns_zone import DnsKind, label_of
from components.errors import ComponentError
from simcloud.testing import Simulation

ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353"
TARGET = ("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2")
NAME = "la-prod-dns"


def zone(**more: Any) -> CloudflareDns:
    return CloudflareDns(
        NAME, CloudflareDnsArgs(**{"zone_name": "example.org", "account_id": ACCOUNT, **more})
    )


def records(simulation: Simulation) -> dict[str, Any]:
    made = simulation.of_type("cloudflare:index/dnsRecord:DnsRecord")
    return {item.name: item.inputs for item in made}


def test_a_zone_is_made_and_signed() -> None:
    simulation = Simulation()

    def program() -> pulumi.Output[Any]:
        dns = zone()
        return pulumi.Output.all(dns.name_servers, dns.zone_id)

    servers, zone_id = simulation.run(program)
    [made] = simulation.of_type("cloudflare:index/zone:Zone")
    assert made.inputs == {"name": "example.org", "account": {"id": ACCOUNT}, "type": "full"}
    assert len(servers) == 2
    [signed] = simulation.of_type("cloudflare:index/zoneDnssec:ZoneDnssec")
    assert signed.inputs == {"zoneId": zone_id, "status": "active"}
    assert made.parent.endswith(f"::{NAME}")


def test_an_existing_zone_is_only_looked_up() -> None:
    simulation = Simulation()

    def program() -> Any:
        made = zone(sign=False)
        return CloudflareDns(
            "la-stg-dns",
            CloudflareDnsArgs(zone_name="example.org", existing_zone_id=made.zone_id, sign=False),
        ).zone_id.apply(lambda found: made.zone_id.apply(lambda made_id: found == made_id))

    assert simulation.run(program) is True
    assert len(simulation.of_type("cloudflare:index/zone:Zone")) == 1
    assert simulation.of_type("cloudflare:index/zoneDnssec:ZoneDnssec") == []


def test_an_alias_passes_the_proxy_and_a_proxied_name_does_not() -> None:
    simulation = Simulation()

    def program() -> None:
        dns = zone()
        dns.alias("site", "example.org", *TARGET, ipv6=True)
        dns.proxied("www", "www.example.org", "origin.example.org")

    simulation.run(program)
    made = records(simulation)
    assert {
        name: (item["type"], item["name"], item["content"], item["proxied"], item["ttl"])
        for name, item in made.items()
    } == {
        f"{NAME}-site-cname": ("CNAME", "example.org", TARGET[0], False, 1),
        f"{NAME}-www-cname": ("CNAME", "www.example.org", "origin.example.org", True, 1),
    }


def test_a_certificate_is_proved_through_cloudflare() -> None:
    simulation = Simulation()

    def program() -> Any:
        args = CertificateArgs(
            domain_name="example.org", subject_alternative_names=["*.example.org"], dns=zone()
        )
        return Certificate("la-prod-origin", args).arn

    arn = simulation.run(program)
    certificate = simulation.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]
    wanted = certificate["DomainValidationOptions"][0]["ResourceRecord"]
    assert certificate["Status"] == "ISSUED"
    [proof] = records(simulation).values()
    assert (proof["name"], proof["type"], proof["content"]) == (
        wanted["Name"].rstrip("."), "CNAME", wanted["Value"].rstrip("."),
    )  # fmt: skip
    assert (proof["proxied"], proof["ttl"]) == (False, 60)
    assert simulation.of_type("aws:route53/record:Record") == []


REFUSED = [
    (
        lambda: zone(existing_zone_id="1"),
        "la-prod-dns: example.org is to be made and to exist already, or neither. Expected exactly one of "
        "account_id and existing_zone_id. Fix: give account_id for a new zone, existing_zone_id for one that is there.",
    ),
    (
        lambda: zone(account_id=None),
        "la-prod-dns: example.org is to be made and to exist already, or neither. Expected exactly one of "
        "account_id and existing_zone_id. Fix: give account_id for a new zone, existing_zone_id for one that is there.",
    ),
    (
        lambda: zone().alias("site", "notexample.org", *TARGET),
        "la-prod-dns-site: notexample.org lies outside of the zone example.org. Expected example.org or a name that "
        "ends with .example.org. Fix: correct the name or use the zone that it belongs to.",
    ),
    (
        lambda: Certificate("la-prod-origin", CertificateArgs(domain_name="example.com", dns=zone())),
        "la-prod-origin: example.com lies outside of the zone example.org. Expected example.org or a name that ends "
        "with .example.org. Fix: correct the name or use the zone that it belongs to.",
    ),
]


@pytest.mark.parametrize(("program", "sentence"), REFUSED)
def test_contradictions_are_refused(program: Any, sentence: str) -> None:
    simulation = Simulation()
    with pytest.raises(ComponentError) as refused:
        simulation.run(program)
    assert str(refused.value) == sentence
    assert records(simulation) == {}


def test_names_have_labels() -> None:
    assert [label_of(name, "example.org") for name in ("example.org", "www.example.org", "*.a.example.org")] == [
        "site", "www", "any-a",
    ]  # fmt: skip
    assert (Dns.kind, CloudflareDns.kind) == (DnsKind.ROUTE53, DnsKind.CLOUDFLARE)
