"""The identities of SES, by the second version of its API."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.core.exceptions import JsonRESTError
from moto.core.utils import iso_8601_datetime_with_milliseconds
from moto.ses.exceptions import NotFoundException
from moto.ses.models import EmailIdentity
from moto.sesv2.models import SESV2Backend
from moto.sesv2.responses import SESV2Response

from simcloud.patches import adds, around, ses


@around(SESV2Backend)
def create_email_identity(original: Any, self: Any, email_identity: str, **given: Any) -> Any:
    """AWS: an identity is made once, with a configuration set that there is; moto: anyhow."""
    if email_identity in self.core_backend.email_identities:
        raise JsonRESTError("AlreadyExistsException", f"Email identity {email_identity} already exist.")
    _require_set(self, given.get("configuration_set_name"))
    identity = original(self, email_identity=email_identity, **given)
    identity.dkim_attributes["LastKeyGenerationTimestamp"] = iso_8601_datetime_with_milliseconds()
    return identity


@around(SESV2Response)
def get_email_identity(original: Any, self: Any) -> str:
    """AWS: tells signing, sender domain and whether DNS proves it; moto: calls everything verified."""
    identity = _identity(self)
    answer = {key: value for key, value in json.loads(original(self)).items() if value is not None}
    proved = _is_proved(self, identity)
    dkim = {
        **identity.dkim_attributes,
        "CurrentSigningKeyLength": identity.dkim_attributes["NextSigningKeyLength"],
        "Tokens": _tokens(self, identity),
        "Status": "SUCCESS" if proved else "PENDING",
    }
    if dkim["SigningAttributesOrigin"] == "EXTERNAL":
        del dkim["CurrentSigningKeyLength"], dkim["NextSigningKeyLength"]
    sender = {"BehaviorOnMxFailure": "USE_DEFAULT_VALUE", **identity.mail_from_attributes}
    status = {"VerifiedForSendingStatus": proved, "VerificationStatus": "SUCCESS" if proved else "PENDING"}
    return json.dumps({**answer, **status, "DkimAttributes": dkim, "MailFromAttributes": sender})


@adds(SESV2Response)
def put_email_identity_mail_from_attributes(self: Any) -> str:
    """AWS: sets the sender's domain; moto: not implemented."""
    identity, given = _identity(self), _body(self)
    domain = given.get("MailFromDomain")
    if domain and not domain.endswith(f".{identity.email_identity.split('@')[-1]}"):
        raise JsonRESTError(
            "BadRequestException",
            f"Provided MAIL-FROM domain <{domain}> is not subdomain of the domain of the identity "
            f"<{identity.email_identity}>.",
        )
    status = {"MailFromDomainStatus": "PENDING"} if domain else {}
    identity.mail_from_attributes = {**given, **status} if domain else {}
    return "{}"


@adds(SESV2Response)
def put_email_identity_dkim_signing_attributes(self: Any) -> str:
    """AWS: changes the signing keys; moto: not implemented."""
    identity, given = _identity(self), _body(self)
    identity.dkim_signing_attributes = given.get("SigningAttributes") or {}
    identity.dkim_attributes["SigningAttributesOrigin"] = given["SigningAttributesOrigin"]
    length = identity.dkim_signing_attributes.get("NextSigningKeyLength", "RSA_2048_BIT")
    identity.dkim_attributes["NextSigningKeyLength"] = length
    return json.dumps({"DkimStatus": "PENDING", "DkimTokens": _tokens(self, identity)})


@adds(SESV2Response)
def put_email_identity_dkim_attributes(self: Any) -> str:
    """AWS: turns signing on and off; moto: not implemented."""
    _identity(self).dkim_attributes["SigningEnabled"] = bool(_body(self).get("SigningEnabled"))
    return "{}"


@adds(SESV2Response)
def put_email_identity_configuration_set_attributes(self: Any) -> str:
    """AWS: sets the default configuration set; moto: not implemented."""
    identity, name = _identity(self), _body(self).get("ConfigurationSetName")
    _require_set(self.sesv2_backend, name)
    identity.configuration_set_name = name
    return "{}"


@adds(SESV2Response)
def put_email_identity_feedback_attributes(self: Any) -> str:
    """AWS: turns the forwarding of bounces on and off; moto: not implemented."""
    _identity(self).feedback_forwarding_status = bool(_body(self).get("EmailForwardingEnabled"))
    return "{}"


@around(SESV2Backend)
def delete_email_identity(original: Any, self: Any, email_identity: str) -> None:
    """AWS: says that the identity does not exist; moto: says nothing."""
    self.get_email_identity(email_identity)
    original(self, email_identity)


def _identity(response: Any) -> Any:
    name = unquote(response.path.split("/identities/")[-1].split("/")[0])
    held = response.sesv2_backend.core_backend.email_identities.get(name)
    if not isinstance(held, EmailIdentity):
        raise NotFoundException(f"Email identity {name} does not exist.")
    return held


def _body(response: Any) -> dict[str, Any]:
    return dict(json.loads(response.body or "{}"))


def _tokens(response: Any, identity: Any) -> list[str]:
    if identity.identity_type != "DOMAIN":
        return []
    if identity.dkim_attributes["SigningAttributesOrigin"] == "EXTERNAL":
        return [identity.dkim_signing_attributes["DomainSigningSelector"]]
    return ses.dkim_tokens(response.sesv2_backend.core_backend, identity.email_identity)


def _is_proved(response: Any, identity: Any) -> bool:
    return identity.identity_type == "DOMAIN" and ses.dkim_is_proved(
        response.sesv2_backend.core_backend, identity.email_identity
    )


def _require_set(backend: Any, name: str | None) -> None:
    if name and name not in backend.core_backend.config_sets:
        raise NotFoundException(f"Configuration set <{name}> does not exist.")
