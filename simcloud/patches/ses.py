"""SES as AWS answers it: identities with tokens of their own, proved by records in a public zone of Route 53."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.ses.exceptions import InvalidParameterValue
from moto.ses.models import EmailIdentity, SESBackend
from moto.ses.responses import EmailResponse

from simcloud.patches import around

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def verification_token(backend: Any, identity: str) -> str:
    """AWS: a token for each identity of an account; moto: two tokens for all."""
    text = f"{backend.account_id}/{backend.region_name}/{identity}"
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def dkim_tokens(backend: Any, identity: str) -> list[str]:
    """AWS: three tokens of 32 characters for each domain; moto: the same for all."""
    return [_token(f"{backend.account_id}/{backend.region_name}/{identity}/{number}") for number in range(3)]


def dkim_is_proved(backend: Any, identity: str) -> bool:
    """Whether the three CNAME records of a domain are in DNS."""
    return all(
        _in_dns(backend, f"{token}._domainkey.{identity}", "CNAME", f"{token}.dkim.amazonses.com")
        for token in dkim_tokens(backend, identity)
    )


@around(EmailResponse)
def verify_domain_identity(original: Any, self: Any) -> Any:
    """AWS: tells the domain's own token; moto: the same for all."""
    original(self)
    domain = self._get_param("Domain")
    return ActionResult({"VerificationToken": verification_token(self.backend, domain)})


@around(EmailResponse)
def verify_domain_dkim(original: Any, self: Any) -> Any:
    """AWS: tells the domain's own tokens; moto: the same for all."""
    original(self)
    domain = self._get_param("Domain")
    return ActionResult({"DkimTokens": dkim_tokens(self.backend, domain)})


@around(SESBackend)
def get_identity_verification_attributes(original: Any, self: Any, identities: Any = None) -> Any:
    """AWS: verified once a record is in DNS; moto: verified at once, all with one token."""
    answer = original(self, identities)
    for identity, attributes in answer.items():
        token = verification_token(self, identity)
        proved = dkim_is_proved(self, identity) or _in_dns(
            self, f"_amazonses.{identity}", "TXT", f'"{token}"'
        )
        attributes["VerificationToken"] = token
        attributes["VerificationStatus"] = "Success" if proved else "Pending"
    return answer


@around(SESBackend)
def get_identity_dkim_attributes(original: Any, self: Any, identities: list[str]) -> Any:
    """AWS: tells the domain's own tokens, and whether they are in DNS; moto: the same for all, all proved."""
    answer = original(self, identities)
    for identity, attributes in answer.items():
        if "DkimTokens" in attributes:
            attributes["DkimTokens"] = dkim_tokens(self, identity)
            attributes["DkimVerificationStatus"] = "Success" if dkim_is_proved(self, identity) else "Pending"
    return answer


@around(SESBackend)
def set_identity_mail_from_domain(
    original: Any, self: Any, identity: str, mail_from_domain: str | None = None, behavior: str | None = None
) -> None:
    """AWS: nothing to take back is no error, the default is told; moto: breaks, and forgets it."""
    if not mail_from_domain:
        if identity not in self.email_identities:
            raise InvalidParameterValue(f"Identity '{identity}' does not exist.")
        self.identity_mail_from_domains.pop(identity, None)
        return
    original(self, identity, mail_from_domain, behavior or "UseDefaultValue")


@around(SESBackend)
def delete_identity(original: Any, self: Any, identity: str) -> None:
    """AWS: deletes that identity, and all that it had; moto: may break on an address of a verified domain."""
    if identity in self.email_identities:
        original(self, identity)
        self.identity_mail_from_domains.pop(identity, None)


@around(EmailIdentity)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: forwards feedback, signs with keys of 2048 bits, unless told otherwise; moto: does not, and shorter."""
    original(self, *args, **given)
    asked = self.dkim_signing_attributes or {}
    own = "DomainSigningPrivateKey" in asked
    self.feedback_forwarding_status = True
    self.mail_from_attributes = {}
    self.dkim_attributes["SigningEnabled"] = True
    self.dkim_attributes["SigningAttributesOrigin"] = "EXTERNAL" if own else "AWS_SES"
    self.dkim_attributes["NextSigningKeyLength"] = asked.get("NextSigningKeyLength", "RSA_2048_BIT")


def _token(text: str) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:20])
    return "".join(_LETTERS[(number >> 5 * place) & 31] for place in range(32))


def _in_dns(backend: Any, name: str, kind: str, value: str) -> bool:
    zones = get_backend("route53")[backend.account_id]["aws"].zones.values()
    return any(
        found.name.rstrip(".").lower() == name.lower()
        and found.type == kind
        and value in [record.rstrip(".") for record in found.records]
        for zone in zones
        if not zone.private_zone
        for found in zone.rrsets
    )
