"""Certificates as ACM proves them: by records in the public DNS, in a zone of Route 53 or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5
from typing import Any

from moto.acm.models import AWSCertificateManagerBackend, CertBundle
from moto.acm.responses import AWSCertificateManagerResponse
from moto.backends import get_backend
from moto.core.exceptions import ServiceException
from moto.route53.models import Route53Backend

from simcloud import public_dns
from simcloud.patches import around


class InUse(ServiceException):
    """Something presents the certificate."""

    code = "ResourceInUseException"


@around(CertBundle)
def check(original: Any, self: Any) -> None:
    """AWS: issued once the records are in DNS; moto: after some time."""
    if self.type != "AMAZON_ISSUED" or self.status != "PENDING_VALIDATION":
        original(self)
    elif all(_is_in_dns(self, option["ResourceRecord"]) for option in _options(self)):
        self.status = "ISSUED"


@around(Route53Backend)
def change_resource_record_sets(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: what is proved is issued and stays so; moto: asks the clock. A replay has no reads to ask at."""
    original(self, *args, **kwargs)
    _look_again()


@public_dns.when_changed
def _look_again() -> None:
    """Issue what is proved by now."""
    for account in get_backend("acm").values():
        for backend in account.values():
            for certificate in backend._certificates.values():
                certificate.check()


@around(CertBundle)
def describe(original: Any, self: Any) -> dict[str, Any]:
    """AWS: one record per name and account, in the order of the names, and the key asked for; moto: one for all."""
    answer: dict[str, Any] = original(self)
    certificate = answer["Certificate"]
    names = _names(self)
    if names:
        certificate["DomainName"], certificate["SubjectAlternativeNames"] = names[0], names
    if self.type == "AMAZON_ISSUED":
        certificate["KeyAlgorithm"] = getattr(self, "requested_algorithm", None) or "RSA_2048"
        certificate["DomainValidationOptions"] = list(_options(self))
        if self.status != "ISSUED":
            for name in ("IssuedAt", "NotBefore", "NotAfter"):
                certificate.pop(name, None)
    if _users(self):
        certificate["InUseBy"] = _users(self)
        certificate["RenewalEligibility"] = "ELIGIBLE"
    return answer


@around(AWSCertificateManagerResponse)
def request_certificate(original: Any, self: Any) -> Any:
    """AWS: the key is of the algorithm asked for, names keep their order; moto: RSA, any order."""
    answer = original(self)
    certificate = self.acm_backend._certificates[answer.result["CertificateArn"]]
    certificate.requested_algorithm = self._get_param("KeyAlgorithm")
    certificate.requested_names = [
        self._get_param("DomainName"),
        *(self._get_param("SubjectAlternativeNames") or ()),
    ]
    certificate.validation_method = self._get_param("ValidationMethod") or "DNS"
    certificate.check()
    return answer


@around(AWSCertificateManagerBackend)
def delete_certificate(original: Any, self: Any, arn: str) -> None:
    """AWS: a certificate that is presented stays; moto: it goes."""
    if arn in self._certificates and _users(self._certificates[arn]):
        raise InUse(f"Certificate {arn} in account {self.account_id} is in use.")
    original(self, arn)


def _names(self: Any) -> list[str]:
    return list(dict.fromkeys(getattr(self, "requested_names", None) or ()))


def _options(self: Any) -> Iterator[dict[str, Any]]:
    account = self.arn.split(":")[4]
    for name in _names(self) or self.sans:
        bare = name.removeprefix("*.")
        token, proof = _hash(account, bare, "name"), _hash(account, bare, "value")
        yield {
            "DomainName": name,
            "ValidationDomain": name,
            "ValidationStatus": "SUCCESS" if self.status == "ISSUED" else self.status,
            "ValidationMethod": getattr(self, "validation_method", "DNS"),
            "ResourceRecord": {
                "Name": f"_{token}.{bare}.",
                "Type": "CNAME",
                "Value": f"_{proof}.{proof[:10]}.acm-validations.aws.",
            },
        }


def _hash(*words: str) -> str:
    return md5(" ".join(words).encode(), usedforsecurity=False).hexdigest()


def _is_in_dns(self: Any, record: dict[str, str]) -> bool:
    name, value = record["Name"].rstrip("."), record["Value"].rstrip(".")
    return _is_in_route53(self, name, value) or public_dns.Name(name, "CNAME", value) in public_dns.names()


def _is_in_route53(self: Any, name: str, value: str) -> bool:
    zones = get_backend("route53")[self.arn.split(":")[4]]["aws"].zones.values()
    return any(
        found.name.rstrip(".").lower() == name
        and found.type == "CNAME"
        and [content.rstrip(".") for content in found.records] == [value]
        for zone in zones
        if not zone.private_zone
        for found in zone.rrsets
    )


def _users(self: Any) -> list[str]:
    account, region = self.arn.split(":")[4], self.arn.split(":")[3]
    balancers = get_backend("elbv2")[account][region].load_balancers.values()
    users = [
        balancer.arn
        for balancer in balancers
        for listener in balancer.listeners.values()
        if self.arn in listener.certificates
    ]
    distributions: Any = get_backend("cloudfront")[account]["aws"].distributions.values()
    users += [
        item.arn for item in distributions if self.arn in _viewer_certificates(item.distribution_config)
    ]
    return list(dict.fromkeys(users))


def _viewer_certificates(config: Any) -> list[Any]:
    found = vars(config).get("ViewerCertificate")
    return [getattr(found, "acm_certificate_arn", None)]
