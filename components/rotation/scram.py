"""SCRAM-SHA-256 (RFC 5802, 7677): a login that does not show the password. Passwords here are ASCII."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from components.rotation.server import ServerError

_ITERATIONS = 4096


class Exchange:
    """One login: `first`, then `final` for what the server answers, then `verify` for its proof."""

    def __init__(self, password: str, nonce: str | None = None) -> None:
        self._password = password
        self._bare = f"n=,r={nonce or secrets.token_urlsafe(18)}"
        self._proof = b""

    def first(self) -> bytes:
        """The client's first message."""
        return f"n,,{self._bare}".encode()

    def final(self, challenge: bytes) -> bytes:
        """The client's proof that it knows the password."""
        fields = _fields(challenge)
        if not fields["r"].startswith(self._bare.removeprefix("n=,r=")):
            raise ServerError("the server answered another login")
        salted = _salted(self._password, base64.b64decode(fields["s"]), int(fields["i"]))
        unproved = f"c=biws,r={fields['r']}"
        signed = f"{self._bare},{challenge.decode()},{unproved}".encode()
        key = _mac(salted, b"Client Key")
        proof = _xor(key, _mac(hashlib.sha256(key).digest(), signed))
        self._proof = _mac(_mac(salted, b"Server Key"), signed)
        return f"{unproved},p={base64.b64encode(proof).decode()}".encode()

    def verify(self, answer: bytes) -> None:
        """Refuses a server that does not know the password's hash."""
        if not hmac.compare_digest(base64.b64decode(_fields(answer).get("v", "")), self._proof):
            raise ServerError("the server did not prove that it knows the password")


def stored(password: str, salt: bytes | None = None) -> str:
    """What PostgreSQL keeps of a password. Sent instead of the password, it keeps it out of statement logs."""
    salt = salt or secrets.token_bytes(16)
    salted = _salted(password, salt, _ITERATIONS)
    key = hashlib.sha256(_mac(salted, b"Client Key")).digest()
    texts = [base64.b64encode(part).decode() for part in (salt, key, _mac(salted, b"Server Key"))]
    return f"SCRAM-SHA-256${_ITERATIONS}:{texts[0]}${texts[1]}:{texts[2]}"


def _fields(message: bytes) -> dict[str, str]:
    return {part[0]: part[2:] for part in message.decode().split(",")}


def _salted(password: str, salt: bytes, iterations: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))
