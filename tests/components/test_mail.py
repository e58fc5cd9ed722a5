"""Mail goes out in the name of a proved domain, from one address."""

from __future__ import annotations

import json

import pytest

from components.dns import Dns, DnsArgs
from components.errors import ComponentError
from components.mail import Mail, MailArgs
from simcloud.testing import Simulation


def deploy(cloud: Simulation, domain: str = "learning-assistant.app", sender: str = "no-reply") -> None:
    def program() -> None:
        dns = Dns("la-dns", DnsArgs(zone_name="learning-assistant.app"))
        Mail("la-mail", MailArgs(domain=domain, dns=dns, sender=sender)).grant_send("la-web-task", "web")

    cloud.run(program)


@pytest.fixture
def cloud() -> Simulation:
    simulation = Simulation()
    simulation.client("iam").create_role(RoleName="la-web-task", AssumeRolePolicyDocument="{}")
    return simulation


def records(cloud: Simulation) -> dict[str, str]:
    route53 = cloud.client("route53")
    [zone] = route53.list_hosted_zones()["HostedZones"]
    found = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    return {one["Name"]: one["ResourceRecords"][0]["Value"] for one in found if one["Type"] == "CNAME"}


def test_the_domain_signs_with_a_long_key_and_is_proved_by_three_records(cloud: Simulation) -> None:
    deploy(cloud)
    ses = cloud.client("sesv2")
    [identity] = ses.list_email_identities()["EmailIdentities"]
    assert (identity["IdentityType"], identity["IdentityName"]) == ("DOMAIN", "learning-assistant.app")
    dkim = ses.get_email_identity(EmailIdentity="learning-assistant.app")["DkimAttributes"]
    assert dkim["NextSigningKeyLength"] == "RSA_2048_BIT"
    assert len(dkim["Tokens"]) == 3
    assert records(cloud) == {
        f"{token}._domainkey.learning-assistant.app.": f"{token}.dkim.amazonses.com"
        for token in dkim["Tokens"]
    }


def test_a_region_with_a_zone_of_its_own_is_pointed_at() -> None:
    cloud = Simulation(region="eu-south-1")
    cloud.client("iam").create_role(RoleName="la-web-task", AssumeRolePolicyDocument="{}")
    deploy(cloud)
    assert {value.partition(".")[2] for value in records(cloud).values()} == {"dkim.eu-south-1.amazonses.com"}


def test_the_role_sends_from_one_address_of_this_identity(cloud: Simulation) -> None:
    deploy(cloud, sender="hello")
    policy = cloud.client("iam").get_role_policy(RoleName="la-web-task", PolicyName=_policy_name(cloud))
    [statement] = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == ["ses:SendEmail", "ses:SendRawEmail"]
    [arn] = statement["Resource"]
    assert arn.startswith("arn:aws:ses:us-east-1:")
    assert arn.endswith(":identity/learning-assistant.app")
    assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": "hello@learning-assistant.app"}}
    assert "*" not in json.dumps(statement)


@pytest.mark.parametrize(
    ("domain", "sender", "said"),
    [
        ("elsewhere.org", "hello", "elsewhere.org lies outside of the zone learning-assistant.app"),
        ("learning-assistant.app", "a b", "mail from `a b@learning-assistant.app`"),
    ],
)
def test_refusals(cloud: Simulation, domain: str, sender: str, said: str) -> None:
    with pytest.raises(ComponentError, match=said):
        deploy(cloud, domain, sender)


def _policy_name(cloud: Simulation) -> str:
    [name] = cloud.client("iam").list_role_policies(RoleName="la-web-task")["PolicyNames"]
    return str(name)
