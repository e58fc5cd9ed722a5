"""SAML providers, server certificates and service-linked roles as IAM keeps them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.iam.exceptions import EntityAlreadyExists, InvalidInput, MalformedCertificate
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse
from moto.moto_api._internal import mock_random

from simcloud.patches import adds, around


class KeyPairMismatch(ServiceException):
    """A key of another certificate."""

    code = "KeyPairMismatch"


@around(IamResponse)
def create_saml_provider(original: Any, self: Any) -> Any:
    """AWS: a name is given once, and tags are kept; moto: the second one replaces the first, no tags."""
    known = self.backend.saml_providers.get(self._get_param("Name"))
    if known is not None:
        raise EntityAlreadyExists(f"SAMLProvider {known.arn} already exists.")
    answer = original(self)
    made = self.backend.saml_providers[self._get_param("Name")]
    made.valid_until = utcnow() + timedelta(days=365 * 100)
    made.saml_provider_uuid = mock_random.get_random_string(25).upper()
    self.backend.tagger.tag_resource(made.arn, self._get_param("Tags", []))
    return answer


@adds(IamResponse)
def tag_saml_provider(self: Any) -> Any:
    """AWS: adds tags; moto: not implemented."""
    return _tag(self, self.backend.get_saml_provider(self._get_param("SAMLProviderArn")).arn)


@adds(IamResponse)
def untag_saml_provider(self: Any) -> Any:
    """AWS: removes tags; moto: not implemented."""
    return _untag(self, self.backend.get_saml_provider(self._get_param("SAMLProviderArn")).arn)


@adds(IamResponse)
def list_saml_provider_tags(self: Any) -> Any:
    """AWS: lists tags; moto: not implemented."""
    return _listed(self, self.backend.get_saml_provider(self._get_param("SAMLProviderArn")).arn)


@adds(IamResponse)
def tag_server_certificate(self: Any) -> Any:
    """AWS: adds tags; moto: not implemented."""
    return _tag(self, _certificate(self).arn)


@adds(IamResponse)
def untag_server_certificate(self: Any) -> Any:
    """AWS: removes tags; moto: not implemented."""
    return _untag(self, _certificate(self).arn)


@adds(IamResponse)
def list_server_certificate_tags(self: Any) -> Any:
    """AWS: lists tags; moto: not implemented."""
    return _listed(self, _certificate(self).arn)


@around(IamResponse)
def upload_server_certificate(original: Any, self: Any) -> Any:
    """AWS: reads the certificate, gives a name once and keeps tags; moto: none of it, and dates of an example."""
    name = self._get_param("ServerCertificateName")
    if any(known.cert_name == name for known in self.backend.certificates.values()):
        raise EntityAlreadyExists(f"The Server Certificate with name {name} already exists.")
    expiration = _expiration(self._get_param("CertificateBody"), self._get_param("PrivateKey"))
    answer, made = original(self), _certificate(self)
    made.expiration, made.upload_date = expiration, utcnow()
    made.certificate_id = "ASCA" + mock_random.get_random_string(17).upper()
    self.backend.tagger.tag_resource(made.arn, self._get_param("Tags", []))
    answer.result["ServerCertificateMetadata"] |= _facts(made)
    return answer


@around(IamResponse)
def get_server_certificate(original: Any, self: Any) -> Any:
    """AWS: tells dates and id; moto: those of an example."""
    answer = original(self)
    answer.result["ServerCertificate"]["ServerCertificateMetadata"] |= _facts(_certificate(self))
    return answer


@around(IAMBackend)
def create_service_linked_role(
    original: Any, self: Any, service_name: str, description: str, suffix: str
) -> Any:
    """AWS: a role per service and suffix, of services that it knows; moto: any number, and fails without a dot."""
    if not service_name.endswith(".amazonaws.com"):
        raise InvalidInput(f"Service role template not found for {service_name}.")
    path = f"/aws-service-role/{service_name}/"
    known = [role.name for role in self.roles.values() if role.path == path]
    taken = [name for name in known if not suffix or name.endswith(f"_{suffix}")]
    if taken:
        raise InvalidInput(
            f"Service role name {taken[0]} has been taken in this account, please try a different suffix."
        )
    return original(self, service_name, description, suffix)


def _certificate(response: Any) -> Any:
    return response.backend.get_server_certificate(response._get_param("ServerCertificateName"))


def _facts(certificate: Any) -> dict[str, Any]:
    return {
        "ServerCertificateId": certificate.certificate_id,
        "UploadDate": certificate.upload_date,
        "Expiration": certificate.expiration,
    }


def _expiration(body: str, key: str) -> datetime:
    try:
        certificate = x509.load_pem_x509_certificate(body.encode())
        private = load_pem_private_key(key.encode(), password=None)
    except ValueError:
        raise MalformedCertificate(body) from None
    if certificate.public_key() != private.public_key():
        raise KeyPairMismatch("The private key does not match the public key in the certificate.")
    return certificate.not_valid_after_utc


def _tag(response: Any, arn: str) -> Any:
    response.backend.tagger.tag_resource(arn, response._get_param("Tags", []))
    return EmptyResult()


def _untag(response: Any, arn: str) -> Any:
    response.backend.tagger.untag_resource_using_names(arn, response._get_param("TagKeys", []))
    return EmptyResult()


def _listed(response: Any, arn: str) -> Any:
    return ActionResult({"Tags": response.backend.tagger.list_tags_for_resource(arn)["Tags"]})
