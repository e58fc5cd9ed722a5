"""Bytes over TCP, first plain, then under TLS."""

from __future__ import annotations

import socket
import ssl

from components.rotation.server import ServerError

_SECONDS = 10


class Stream:
    """An exact number of bytes at a time; an end in between is an error."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._socket: socket.socket = socket.create_connection((host, port), timeout=_SECONDS)

    def encrypt(self, context: ssl.SSLContext) -> None:
        """From here on TLS; the certificate must be the host's."""
        self._socket = context.wrap_socket(self._socket, server_hostname=self._host)

    def send(self, data: bytes) -> None:
        """All of it."""
        self._socket.sendall(data)

    def receive(self, count: int) -> bytes:
        """Exactly so many."""
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise ServerError("the server closed the connection")
            data += part
        return data

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
