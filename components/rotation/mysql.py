"""A session with MySQL, and how its users are made. Manual: "MySQL Client/Server Protocol"."""

from __future__ import annotations

import hashlib
import ssl
import struct

from components.rotation.server import Address, Login, ServerError
from components.rotation.stream import Stream

# Capabilities: long password, database in the login, protocol 4.1, TLS, secure login, plugins.
_CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x800 | 0x8000 | 0x80000
_MOST_BYTES, _UTF8MB4 = 2**24 - 1, 45
_CACHING, _NATIVE = "caching_sha2_password", "mysql_native_password"
_OK, _MORE, _SWITCH, _ERROR = 0x00, 0x01, 0xFE, 0xFF
_FULL_LOGIN = b"\x04"
_QUERY, _QUIT = b"\x03", b"\x01"
_RIGHTS = (
    "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER, EVENT, EXECUTE, CREATE VIEW, "
    "SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE TEMPORARY TABLES, LOCK TABLES"
)


class MysqlConnection:
    """Logged in over TLS."""

    def __init__(self, address: Address, login: Login, context: ssl.SSLContext) -> None:
        self._stream = Stream(address.host, address.port)
        self._number = 0
        try:
            self._log_in(address, login, context)
        except BaseException:
            self._stream.close()
            raise

    def run(self, statement: str) -> None:
        """One statement without rows."""
        self._number = 0
        self._send(_QUERY + statement.encode())
        self._receive()

    def close(self) -> None:
        """Goodbye."""
        self._number = 0
        self._send(_QUIT)
        self._stream.close()

    def _log_in(self, address: Address, login: Login, context: ssl.SSLContext) -> None:
        salt, plugin = _greeting(self._receive())
        head = struct.pack("<IIB23x", _CAPABILITIES, _MOST_BYTES, _UTF8MB4)
        self._send(head)
        self._stream.encrypt(context)
        proof = _proof(plugin, login.password, salt)
        words = (address.database, plugin)
        self._send(
            head
            + login.username.encode()
            + b"\0"
            + bytes([len(proof)])
            + proof
            + b"".join(word.encode() + b"\0" for word in words)
        )
        self._authenticate(login.password)

    def _authenticate(self, password: str) -> None:
        answer = self._receive()
        if answer[0] == _SWITCH:
            name, _, salt = answer[1:].partition(b"\0")
            self._send(_proof(name.decode(), password, salt.removesuffix(b"\0")))
            answer = self._receive()
        if answer[0] == _MORE:
            if answer[1:] == _FULL_LOGIN:
                # The server does not know the password's hash yet and asks for the password; TLS hides it.
                self._send(password.encode() + b"\0")
            answer = self._receive()
        if answer[0] != _OK:
            raise ServerError("the server did not accept the login")

    def _send(self, body: bytes) -> None:
        self._stream.send(struct.pack("<I", len(body))[:3] + bytes([self._number]) + body)
        self._number += 1

    def _receive(self) -> bytes:
        head = self._stream.receive(4)
        self._number = head[3] + 1
        body = self._stream.receive(int.from_bytes(head[:3], "little"))
        if body[0] == _ERROR:
            # An error number of two bytes, `#` and five of the SQL state, then words.
            raise ServerError(body[9:].decode())
        return body


def statements(database: str, logins: tuple[Login, ...]) -> list[str]:
    """Both users may do the same in `database`, and nothing elsewhere."""
    return [statement for login in logins for statement in _user(database, login)]


def _user(database: str, login: Login) -> list[str]:
    name = f"'{login.username}'@'%'"
    return [
        f"CREATE USER IF NOT EXISTS {name} IDENTIFIED BY '{login.password}' REQUIRE SSL",
        f"ALTER USER {name} IDENTIFIED BY '{login.password}' REQUIRE SSL",
        f"GRANT {_RIGHTS} ON `{database}`.* TO {name}",
    ]


def _greeting(body: bytes) -> tuple[bytes, str]:
    """The salt (20 bytes, in two parts) and the login method of the server's greeting."""
    _, _, rest = body[1:].partition(b"\0")
    first, tail = rest[4:12], rest[31:]
    second, _, method = tail[:13], b"", tail[13:]
    return first + second[:12], method.rstrip(b"\0").decode() or _NATIVE


def _proof(plugin: str, password: str, salt: bytes) -> bytes:
    if plugin == _CACHING:
        return _scrambled("sha256", password, salt, salt_first=False)
    if plugin == _NATIVE:
        # MySQL's older method is made of SHA-1; TLS is around it.
        return _scrambled("sha1", password, salt, salt_first=True)
    raise ServerError(f"the server asks for login method {plugin}")


def _scrambled(method: str, password: str, salt: bytes, *, salt_first: bool) -> bytes:
    once = hashlib.new(method, password.encode()).digest()
    twice = hashlib.new(method, once).digest()
    mask = hashlib.new(method, salt + twice if salt_first else twice + salt).digest()
    return bytes(left ^ right for left, right in zip(once, mask, strict=True))
