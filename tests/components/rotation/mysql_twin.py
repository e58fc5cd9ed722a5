"""A MySQL that knows one user and writes down what it is told."""

import hashlib
import socket
import struct
import threading
from dataclasses import dataclass, field

from tests.components.rotation.conftest import Identity

_SALT = b"12345678abcdefghijkl"
OK = b"\x00\x00\x00\x02\x00\x00\x00"


@dataclass
class MysqlTwin:
    """`remembers` False: it does not know the password's hash and asks for the password itself.

    `greets_with` is the login method of its greeting, `method` the one of the user.
    """

    identity: Identity
    username: str
    password: str
    method: str = "caching_sha2_password"
    greets_with: str = "caching_sha2_password"
    remembers: bool = True
    told: list[str] = field(default_factory=list)
    shown: list[bytes] = field(default_factory=list)

    def __enter__(self) -> "MysqlTwin":
        self._listener = socket.create_server(("localhost", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        try:
            self._socket, _ = self._listener.accept()
            self._greet()
            if self._log_in():
                self._listen()
        except (OSError, struct.error):
            return

    def _greet(self) -> None:
        number = struct.pack("<I", 7)
        capabilities = 0x1 | 0x8 | 0x200 | 0x800 | 0x8000 | 0x80000
        low, high = struct.pack("<H", capabilities & 0xFFFF), struct.pack("<H", capabilities >> 16)
        middle = b"\x2d\x02\x00" + high + bytes([21]) + bytes(10)
        plugin = self.greets_with.encode() + b"\0"
        body = b"\x0a8.0.39\0" + number + _SALT[:8] + b"\0" + low + middle + _SALT[8:] + b"\0" + plugin
        self._send(0, body)
        self._receive()
        self._socket = self.identity.shown.wrap_socket(self._socket, server_side=True)

    def _log_in(self) -> bool:
        number, body = self._receive()
        username, _, rest = body[32:].partition(b"\0")
        proof = rest[1 : 1 + rest[0]]
        if self.method != self.greets_with:
            self._send(number + 1, b"\xfe" + self.method.encode() + b"\0" + _SALT + b"\0")
            number, proof = self._receive()
        self.shown.append(proof)
        right = username.decode() == self.username and proof == self._proof()
        if right and self.method == "caching_sha2_password":
            number = self._cached(number)
        if right:
            self._send(number + 1, OK)
            return True
        self._refuse(number + 1, 1045, "28000", f"Access denied for user '{username.decode()}'")
        return False

    def _cached(self, number: int) -> int:
        self._send(number + 1, b"\x01\x03" if self.remembers else b"\x01\x04")
        if self.remembers:
            return number + 1
        number, body = self._receive()
        self.shown.append(body)
        return number

    def _listen(self) -> None:
        while True:
            _, body = self._receive()
            if body[:1] == b"\x01":
                return
            self.told.append(body[1:].decode())
            if self.told[-1] == "SELEC":
                self._refuse(1, 1064, "42000", "You have an error in your SQL syntax")
            else:
                self._send(1, OK)

    def _proof(self) -> bytes:
        native = self.method == "mysql_native_password"
        kind = "sha1" if native else "sha256"
        once = hashlib.new(kind, self.password.encode()).digest()
        twice = hashlib.new(kind, once).digest()
        mask = hashlib.new(kind, _SALT + twice if native else twice + _SALT).digest()
        return bytes(a ^ b for a, b in zip(once, mask, strict=True))

    def _refuse(self, number: int, code: int, state: str, text: str) -> None:
        self._send(number, b"\xff" + struct.pack("<H", code) + b"#" + state.encode() + text.encode())

    def _send(self, number: int, body: bytes) -> None:
        self._socket.sendall(struct.pack("<I", len(body))[:3] + bytes([number]) + body)

    def _receive(self) -> tuple[int, bytes]:
        head = self._exactly(4)
        return head[3], self._exactly(int.from_bytes(head[:3], "little"))

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise OSError("gone")
            data += part
        return data
