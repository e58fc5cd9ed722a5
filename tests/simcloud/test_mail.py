"""Mail identities are proved by records in DNS, as SES wants it, over both of its APIs."""

from __future__ import annotations

import pytest

from tests.simcloud.test_in_use import World

IDENTITY, DKIM = "aws:sesv2/emailIdentity:EmailIdentity", "aws:ses/domainDkim:DomainDkim"
ZONE, RECORD = "aws:route53/zone:Zone", "aws:route53/record:Record"


@pytest.fixture
def world() -> World:
    return World()


def status(world: World) -> tuple[str, bool]:
    found = world.ctx.client("sesv2").get_email_identity(EmailIdentity="example.com")
    return found["VerificationStatus"], found["VerifiedForSendingStatus"]


def test_identity_is_proved_by_its_three_records(world: World) -> None:
    identity = world.make(
        IDENTITY, emailIdentity="example.com", dkimSigningAttributes={"nextSigningKeyLength": "RSA_2048_BIT"}
    )
    zone = world.make(ZONE, name="example.com")
    tokens = identity.outputs["dkimSigningAttributes"]["tokens"]
    assert len(set(tokens)) == 3
    assert world.make(DKIM, domain="example.com").outputs["dkimTokens"] == tokens
    for token in tokens:
        assert status(world) == ("PENDING", False)
        world.make(
            RECORD,
            zoneId=zone.identity,
            name=f"{token}._domainkey.example.com",
            type="CNAME",
            ttl=600,
            records=[f"{token}.dkim.amazonses.com"],
        )
    assert status(world) == ("SUCCESS", True)
    first = world.ctx.client("ses").get_identity_verification_attributes(Identities=["example.com"])
    assert first["VerificationAttributes"]["example.com"]["VerificationStatus"] == "Success"


def test_what_the_cloud_computes_inside_a_given_object_is_no_drift(world: World) -> None:
    given = {"nextSigningKeyLength": "RSA_2048_BIT"}
    made = world.make(IDENTITY, emailIdentity="example.com", dkimSigningAttributes=given)
    urn = f"urn:pulumi:test::plinth::{IDENTITY}::it"
    read = world.provider.read(urn, IDENTITY, made.identity, made.inputs, made.outputs)
    assert read is not None
    assert read.inputs["dkimSigningAttributes"] == given
    assert read.outputs["dkimSigningAttributes"] == made.outputs["dkimSigningAttributes"]
    assert read.outputs["dkimSigningAttributes"]["signingAttributesOrigin"] == "AWS_SES"
