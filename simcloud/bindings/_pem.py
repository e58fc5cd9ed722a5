"""Certificates and keys in PEM: whether they are what they should be, and fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from simcloud.refusal import Refusal
from simcloud.values import Props


def problems(new: Props, codes: tuple[str, str], key: str = "privateKey") -> Iterator[Refusal]:
    """What is wrong with `certificateBody`, `certificateChain` and the private key under `key`.

    `codes` are the service's words for what is malformed and for a key that belongs to another certificate.
    """
    malformed, mismatch = codes
    body, private = _parsed(new.get("certificateBody"), _certificate), _parsed(new.get(key), _private)
    if body is False:
        yield Refusal(malformed, "The certificate is not a PEM-encoded X.509 certificate.", "certificateBody")
    if private is False:
        yield Refusal(malformed, "The private key is not a PEM-encoded key without a passphrase.", key)
    if _parsed(new.get("certificateChain"), _certificate) is False:
        yield Refusal(malformed, "The chain is not of PEM-encoded X.509 certificates.", "certificateChain")
    if body and private and body.public_key() != private.public_key():
        yield Refusal(mismatch, "The private key does not match the public key of the certificate.", key)


def as_given(given: str | None, found: str | None) -> str | None:
    """`found`, with the white space around it as `given` has it."""
    return given if given and found and given.strip() == found.strip() else found


def _parsed(text: Any, read: Any) -> Any:
    """None if there is nothing to judge, False if it is malformed."""
    if not isinstance(text, str):
        return None
    try:
        return read(text.encode())
    except (ValueError, TypeError):
        return False


def _certificate(text: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificates(text)[0]


def _private(text: bytes) -> Any:
    return load_pem_private_key(text, password=None)
