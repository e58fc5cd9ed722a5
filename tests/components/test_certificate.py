"""Certificates: one record per name, a wildcard and its apex sharing theirs."""

from typing import Any

import pulumi
import pytest

from components.certificate import Certificate, CertificateArgs
from components.dns import Dns, DnsArgs
from components.errors import ComponentError
from simcloud.refusal import Refusal
from simcloud.testing import Simulation
from tests.components.recording import Cloud


def certificate(*names: str, region: str | None = None, proved_by: Certificate | None = None) -> Certificate:
    args = CertificateArgs(
        domain_name=names[0],
        subject_alternative_names=names[1:],
        zone_id="Z1",
        region=region,
        proved_by=proved_by,
    )
    return Certificate(f"la-prod-{'proof' if proved_by is None else 'other'}", args)


def test_apex_and_wildcard_share_one_record(cloud: Cloud) -> None:
    cloud.deploy(lambda: certificate("example.org", "*.example.org", "EXAMPLE.org", "api.example.org"))
    assert cloud.one("Certificate").inputs["subjectAlternativeNames"] == ["*.example.org", "api.example.org"]
    assert [
        (made.inputs["name"], made.inputs["type"], made.inputs["records"]) for made in cloud.of("Record")
    ] == [
        ("_proof.api.example.org.", "CNAME", ["_api.example.org.acm-validations.aws."]),
        ("_proof.example.org.", "CNAME", ["_example.org.acm-validations.aws."]),
    ]


def test_the_certificate_is_offered_once_it_is_validated(cloud: Cloud) -> None:
    made = cloud.deploy(lambda: certificate("example.org", region="us-east-1"))
    validation = cloud.one("CertificateValidation").inputs
    assert validation["validationRecordFqdns"] == ["_proof.example.org"]
    assert validation["region"] == cloud.one("Certificate").inputs["region"] == "us-east-1"
    assert cloud.value(made.arn) == validation["certificateArn"]


def test_a_second_region_reuses_the_proof(cloud: Cloud) -> None:
    def program() -> None:
        first = certificate("example.org", "*.example.org", region="us-east-1")
        certificate("example.org", region="eu-central-1", proved_by=first)

    cloud.deploy(program)
    assert len(cloud.of("Record")) == 1
    other = cloud.named("CertificateValidation", "la-prod-other").inputs
    assert (other["region"], other["validationRecordFqdns"]) == ("eu-central-1", ["_proof.example.org"])


def test_a_proof_of_other_names_is_refused(cloud: Cloud) -> None:
    def program() -> None:
        certificate("www.example.org", proved_by=certificate("example.org"))

    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == (
        "la-prod-other: la-prod-proof does not prove www.example.org. Expected a certificate of "
        "the same names. "
        "Fix: give both certificates the same names, or drop proved_by."
    )


def test_a_long_first_name_is_refused(cloud: Cloud) -> None:
    name = f"{'x' * 60}.example.org"
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: certificate(name))
    assert str(refused.value) == (
        f"la-prod-proof: {name} has 72 characters. Expected at most 64 in the first name of a certificate. "
        "Fix: put a shorter name first."
    )
    assert cloud.made == []


@pytest.mark.parametrize("both", [True, False])
def test_the_proof_has_one_place_to_go(cloud: Cloud, both: bool) -> None:
    def program() -> None:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="example.org", existing_zone_id="Z1"))
        places: dict[str, Any] = {"zone_id": "Z1", "dns": dns} if both else {}
        Certificate("la-prod-proof", CertificateArgs(domain_name="example.org", **places))

    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == (
        "la-prod-proof: the records that prove the names have two places to go, or none. Expected exactly one of "
        "zone_id and dns. Fix: give dns; zone_id is for a Route 53 zone that no component keeps."
    )
    assert cloud.made == []


def test_the_zones_component_writes_the_same_records(cloud: Cloud) -> None:
    def program() -> None:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="example.org", existing_zone_id="Z1"))
        Certificate("la-prod-proof", CertificateArgs(domain_name="example.org", dns=dns))

    cloud.deploy(program)
    by_component = cloud.one("Record")
    by_id = Cloud()
    by_id.deploy(lambda: certificate("example.org"))
    assert by_component.inputs == by_id.one("Record").inputs
    assert (by_component.name, by_component.parent) == (by_id.one("Record").name, by_id.one("Record").parent)


@pytest.mark.proves("S1-10", "S2-22")
def test_aws_issues_the_certificate_and_resolves_its_proof() -> None:
    def program() -> pulumi.Output[str]:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="learning-assistant.app"))
        args = CertificateArgs(
            domain_name="learning-assistant.app",
            subject_alternative_names=("*.learning-assistant.app",),
            zone_id=dns.zone_id,
            region="us-east-1",
        )
        return Certificate("la-prod-viewer", args).arn

    simulation = Simulation(region="eu-central-1")
    arn = simulation.run(program)
    certificate = simulation.client("acm", "us-east-1").describe_certificate(CertificateArn=arn)[
        "Certificate"
    ]
    assert (certificate["Status"], certificate["DomainName"]) == ("ISSUED", "learning-assistant.app")
    assert "*.learning-assistant.app" in certificate["SubjectAlternativeNames"]
    route53 = simulation.client("route53")
    [zone] = route53.list_hosted_zones()["HostedZones"]
    records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    [proof] = [record for record in records if record["Type"] == "CNAME"]
    wanted = certificate["DomainValidationOptions"][0]["ResourceRecord"]
    assert proof["Name"].rstrip(".") == wanted["Name"].rstrip(".")
    assert proof["ResourceRecords"] == [{"Value": wanted["Value"]}]


def test_records_that_another_stack_keeps_prove_it_and_are_not_made_again(cloud: Cloud) -> None:
    args = CertificateArgs(domain_name="example.org", proved_elsewhere=True)
    made = cloud.deploy(lambda: Certificate("la-prod2-certificate", args))
    assert cloud.of("Record") == []
    assert cloud.one("CertificateValidation").inputs.get("validationRecordFqdns") is None
    assert made.record_fqdns == {}


def test_a_certificate_that_is_proved_elsewhere_waits_for_records_that_are_there() -> None:
    alone = CertificateArgs(domain_name="shop.example.net", proved_elsewhere=True)
    with pytest.raises(Refusal, match="not all of its records are in a public zone"):
        Simulation().run(lambda: Certificate("la-prod2-certificate", alone))
    first = Simulation(region="eu-west-1")
    first.run(
        lambda: Certificate(
            "la-prod-certificate",
            CertificateArgs(
                domain_name="shop.example.net", dns=Dns("la-prod-dns", DnsArgs(zone_name="shop.example.net"))
            ),
        )
    )
    first.beside("second", "us-west-2").run(lambda: Certificate("la-prod2-certificate", alone))
    [there] = first.client("acm", "us-west-2").list_certificates()["CertificateSummaryList"]
    assert there["Status"] == "ISSUED"


def test_records_are_not_made_and_there_already(cloud: Cloud) -> None:
    args = CertificateArgs(domain_name="example.org", zone_id="Z1", proved_elsewhere=True)
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Certificate("la-prod2-certificate", args))
    assert str(refused.value) == (
        "la-prod2-certificate: the records that prove the names stand already, and are to be made or taken from a "
        "certificate of here. Expected `proved_elsewhere` without zone_id, dns and proved_by. Fix: drop these, or "
        "`proved_elsewhere`."
    )
