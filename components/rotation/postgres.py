"""A session with PostgreSQL, and how its users are made. Manual: "Frontend/Backend Protocol"."""

from __future__ import annotations

import ssl
import struct
from collections.abc import Iterator

from components.rotation import handover, scram
from components.rotation.server import Address, Login, ServerError
from components.rotation.stream import Stream

_TLS_REQUEST = struct.pack("!ii", 8, 80877103)
_VERSION = 196608
_OK, _SASL, _SASL_CONTINUE, _SASL_FINAL = 0, 10, 11, 12


class PostgresConnection:
    """Logged in with SCRAM over TLS."""

    def __init__(self, address: Address, login: Login, context: ssl.SSLContext) -> None:
        self._stream = Stream(address.host, address.port)
        try:
            self._encrypt(context)
            self._log_in(address, login)
        except BaseException:
            self._stream.close()
            raise

    def run(self, statement: str) -> None:
        """One statement, to its end; its rows are not looked at."""
        self._send(b"Q", statement.encode() + b"\0")
        refused = [body for kind, body in self._until_ready() if kind == b"E"]
        if refused:
            raise ServerError(_message(refused[0]))

    def close(self) -> None:
        """Goodbye."""
        self._send(b"X", b"")
        self._stream.close()

    def _encrypt(self, context: ssl.SSLContext) -> None:
        self._stream.send(_TLS_REQUEST)
        if self._stream.receive(1) != b"S":
            raise ServerError("the server has no TLS")
        self._stream.encrypt(context)

    def _log_in(self, address: Address, login: Login) -> None:
        words = ("user", login.username, "database", address.database, "")
        body = struct.pack("!i", _VERSION) + b"".join(word.encode() + b"\0" for word in words)
        self._stream.send(struct.pack("!i", len(body) + 4) + body)
        exchange = scram.Exchange(login.password)
        for kind, body in self._until_ready():
            if kind == b"E":
                raise ServerError(_message(body))
            if kind == b"R":
                self._authenticate(exchange, body)

    def _authenticate(self, exchange: scram.Exchange, body: bytes) -> None:
        (method,) = struct.unpack("!i", body[:4])
        if method == _SASL:
            first = exchange.first()
            self._send(b"p", b"SCRAM-SHA-256\0" + struct.pack("!i", len(first)) + first)
        elif method == _SASL_CONTINUE:
            self._send(b"p", exchange.final(body[4:]))
        elif method == _SASL_FINAL:
            exchange.verify(body[4:])
        elif method != _OK:
            raise ServerError(f"the server asks for login method {method}, which is not SCRAM-SHA-256")

    def _send(self, kind: bytes, body: bytes) -> None:
        self._stream.send(kind + struct.pack("!i", len(body) + 4) + body)

    def _until_ready(self) -> Iterator[tuple[bytes, bytes]]:
        kind = b""
        while kind != b"Z":
            kind, size = struct.unpack("!ci", self._stream.receive(5))
            yield kind, self._stream.receive(size - 4)


def statements(owner: str, database: str, logins: tuple[Login, ...]) -> list[str]:
    """Both users are the same to the database: whatever they make belongs to the role `owner`, which is no login.

    So does what the master has made; the master remains able to do all that `owner` may.
    """
    return [
        _made_if_missing(owner, "NOLOGIN"),
        f'GRANT CONNECT, TEMPORARY, CREATE ON DATABASE "{database}" TO "{owner}"',
        f'GRANT USAGE, CREATE ON SCHEMA public TO "{owner}"',
        *handover.statements(owner),
        *(statement for login in logins for statement in _user(owner, login)),
    ]


def _user(owner: str, login: Login) -> list[str]:
    name = login.username
    return [
        _made_if_missing(name, "LOGIN"),
        f"ALTER ROLE \"{name}\" WITH LOGIN PASSWORD '{scram.stored(login.password)}'",
        f'GRANT "{owner}" TO "{name}"',
        f'ALTER ROLE "{name}" SET ROLE "{owner}"',
    ]


def _made_if_missing(name: str, kind: str) -> str:
    found = f"SELECT FROM pg_roles WHERE rolname = '{name}'"
    return f'DO $$ BEGIN IF NOT EXISTS ({found}) THEN CREATE ROLE "{name}" {kind}; END IF; END $$'


def _message(body: bytes) -> str:
    fields = [field for field in body.split(b"\0") if field]
    return next((field[1:].decode() for field in fields if field[:1] == b"M"), "an error without words")
