"""Certificates: read what somebody uploads, and sign what somebody asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Uploaded:
    """What is written in a certificate."""

    issuer: str
    serial_number: str
    signature: str
    expires_on: str


def read_certificate(pem: str) -> Uploaded | None:
    """What a certificate in PEM says, or None if it is none."""
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        return None
    algorithm = found.signature_hash_algorithm
    kind = "ECDSA" if isinstance(found.public_key(), ec.EllipticCurvePublicKey) else "RSA"
    return Uploaded(
        issuer=found.issuer.rfc4514_string(),
        serial_number=str(found.serial_number),
        signature=f"{kind}With{algorithm.name.upper() if algorithm else ''}",
        expires_on=found.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def belongs(certificate: str, private_key: str) -> bool | None:
    """Whether the key is the certificate's; None if it is no private key."""
    try:
        key = serialization.load_pem_private_key(private_key.encode(), None)
    except (ValueError, TypeError):
        return None
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    return _plain(key.public_key()) == _plain(public)


def kind_of_request(csr: str) -> str:
    """`rsa`, `ecc`, or empty for what is no certificate signing request."""
    try:
        request = x509.load_pem_x509_csr(csr.encode())
    except ValueError:
        return ""
    key = request.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ecc"
    return "rsa" if isinstance(key, rsa.RSAPublicKey) else ""


def signed(csr: str, hostnames: list[str], days: int, start: dt.datetime, serial: int) -> str:
    """A certificate for the request's key and these names, as Cloudflare's Origin CA would sign it."""
    request, issuer = x509.load_pem_x509_csr(csr.encode()), _issuer()
    name = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "CloudFlare, Inc."),
        x509.NameAttribute(NameOID.COMMON_NAME, "CloudFlare Origin Certificate"),
    ])  # fmt: skip
    authority = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "CloudFlare, Inc."),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "CloudFlare Origin SSL ECC Certificate Authority"),
    ])  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority)
        .public_key(request.public_key())
        .serial_number(serial)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host) for host in hostnames]), critical=False
        )
    )
    return built.sign(issuer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


@cache
def _issuer() -> ec.EllipticCurvePrivateKey:
    """The authority's key, of this process only: nobody checks the chain of a simulated certificate."""
    return ec.generate_private_key(ec.SECP256R1())


def _plain(key: object) -> bytes:
    encoded: bytes = key.public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encoded
