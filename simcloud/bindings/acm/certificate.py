from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.bindings import _pem
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, without_none

_NAME = re.compile(r"(\*\.)?(([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9])\.)+([A-Za-z0-9-]{2,63})")
_IMPORTED = ("certificateBody", "certificateChain", "privateKey", "privateKeyWo")


class Certificate(Binding):
    """A TLS certificate, asked for or brought along; not issued before its names are proved."""

    token = "aws:acm/certificate:Certificate"
    service = "acm"
    operation = "request_certificate"
    replaces = frozenset(
        {
            "certificateAuthorityArn",
            "domainName",
            "keyAlgorithm",
            "subjectAlternativeNames",
            "validationMethod",
            "validationOptions",
        }
    )
    tagging = tagging.CERTIFICATE

    def request(self, ctx: Context, new: Props) -> Params:
        if new.get("certificateBody") is not None:
            # Brought along: its name is inside of it.
            return {"DomainName": UNKNOWN}
        options = new.get("options")
        alternatives = [
            name for name in new.get("subjectAlternativeNames") or () if name != new.get("domainName")
        ]
        return without_none(
            {
                "DomainName": new.get("domainName"),
                "SubjectAlternativeNames": alternatives or None,
                "ValidationMethod": new.get("validationMethod"),
                "KeyAlgorithm": new.get("keyAlgorithm"),
                "CertificateAuthorityArn": new.get("certificateAuthorityArn"),
                "Options": _options(options) if isinstance(options, Mapping) else None,
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        if new.get("certificateBody") is not None:
            return _import(ctx, new)
        return super().create(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["CertificateArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and any(new.get(name) != old.get(name) for name in _IMPORTED):
            _import(ctx, new, identity)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("acm").describe_certificate(CertificateArn=identity)["Certificate"]
        proofs = found.get("DomainValidationOptions", ())
        return {
            "arn": identity,
            "domainName": found["DomainName"],
            "domainValidationOptions": [_proof(proof) for proof in proofs],
            "keyAlgorithm": str(found["KeyAlgorithm"]).replace("-", "_"),
            "notAfter": _time(found.get("NotAfter")),
            "notBefore": _time(found.get("NotBefore")),
            "options": {
                "certificateTransparencyLoggingPreference": "ENABLED",
                **_read_options(found.get("Options") or {}),
            },
            "pendingRenewal": False,
            "renewalEligibility": found.get("RenewalEligibility", "INELIGIBLE"),
            "renewalSummaries": [],
            "status": found["Status"],
            "subjectAlternativeNames": _alternatives(found, given.get("subjectAlternativeNames")),
            "type": found["Type"],
            "validationEmails": [],
            "validationMethod": proofs[0]["ValidationMethod"] if proofs else "NONE",
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("acm").delete_certificate(CertificateArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new.get("certificateBody") is not None:
            if not any(new.get(name) for name in ("privateKey", "privateKeyWo")):
                yield Refusal(
                    "ValidationException", "an imported certificate needs its private key.", "privateKey"
                )
            # AWS: ImportCertificate says one code of everything; from memory, not verified.
            codes = ("ValidationException", "ValidationException")
            yield from _pem.problems(new, codes, "privateKeyWo" if new.get("privateKeyWo") else "privateKey")
            return
        for name in ("privateKey", "privateKeyWo", "certificateChain"):
            if new.get(name) is not None:
                yield Refusal("ValidationException", f"{name} needs a certificateBody to import.", name)
        yield from _option_problems(new.get("validationOptions"))
        if new.get("domainName") is None:
            yield Refusal("ValidationException", "a domain name is needed.", "domainName")
        if new.get("validationMethod") not in ("DNS", "EMAIL", None) and isinstance(
            new["validationMethod"], str
        ):
            yield Refusal("ValidationException", "the validation method is DNS or EMAIL.", "validationMethod")
        if new.get("validationMethod") is None and new.get("certificateAuthorityArn") is None:
            yield Refusal("ValidationException", "a validation method is needed.", "validationMethod")
        yield from _name_problems(new)


def _name_problems(new: Props) -> Iterator[Refusal]:
    alternatives = new.get("subjectAlternativeNames")
    named = [("domainName", new.get("domainName"))]
    for position, name in enumerate(alternatives if isinstance(alternatives, list) else ()):
        named.append((f"subjectAlternativeNames[{position}]", name))
    for path, name in named:
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield Refusal("ValidationException", f"'{name}' is no domain name.", path)
    # AWS: API reference of RequestCertificate (botocore 1.44.5), read 2026-11
    if isinstance(named[0][1], str) and len(named[0][1]) > 64:
        yield Refusal(
            "InvalidDomainValidationOptionsException",
            "The first domain name can be no longer than 64 octets.",
            "domainName",
        )
    if isinstance(alternatives, list) and len(alternatives) > 10:
        yield Refusal(
            "LimitExceededException",
            "An ACM limit has been exceeded: ten alternative names.",
            "subjectAlternativeNames",
        )


def _import(ctx: Context, new: Props, identity: str | None = None) -> str:
    answer = ctx.client("acm").import_certificate(
        **without_none(
            {
                "CertificateArn": identity,
                "Certificate": new["certificateBody"].encode(),
                "PrivateKey": str(new.get("privateKey") or new.get("privateKeyWo") or "").encode(),
                "CertificateChain": new["certificateChain"].encode() if new.get("certificateChain") else None,
            }
        )
    )
    return str(answer["CertificateArn"])


def _options(given: Mapping[str, Any]) -> Params:
    return without_none(
        {
            "CertificateTransparencyLoggingPreference": given.get("certificateTransparencyLoggingPreference"),
            "Export": given.get("export"),
        }
    )


def _read_options(found: Mapping[str, str]) -> Props:
    names = {
        "certificateTransparencyLoggingPreference": "CertificateTransparencyLoggingPreference",
        "export": "Export",
    }
    return without_none({name: found.get(api) for name, api in names.items()})


def _alternatives(found: Mapping[str, Any], given: Any) -> list[str]:
    """AWS counts the domain name among the alternatives; a program need not."""
    names = list(found.get("SubjectAlternativeNames", ()))
    if isinstance(given, list) and {*given, found["DomainName"]} == set(names):
        return given
    return names


def _proof(found: Mapping[str, Any]) -> Props:
    record = found.get("ResourceRecord") or {}
    return {
        "domainName": found["DomainName"],
        "resourceRecordName": record.get("Name", ""),
        "resourceRecordType": record.get("Type", ""),
        "resourceRecordValue": record.get("Value", ""),
    }


def _time(found: datetime | None) -> str:
    return found.strftime("%Y-%m-%dT%H:%M:%SZ") if found else ""


def _option_problems(options: Any) -> Iterator[Refusal]:
    """AWS: mail goes to the domain or to one above it."""
    for position, option in enumerate(options if isinstance(options, list) else ()):
        name, domain = option.get("domainName"), option.get("validationDomain")
        if isinstance(name, str) and isinstance(domain, str) and f".{name}".endswith(f".{domain}") is False:
            yield Refusal(
                "InvalidDomainValidationOptionsException",
                f"{domain} is neither {name} nor a domain above it.",
                f"validationOptions[{position}].validationDomain",
            )
