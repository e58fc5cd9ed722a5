"""Certificates for servers on this machine."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Identity:
    """What a server called `localhost` shows, and what a client believes."""

    certificate: Path
    key: Path

    @property
    def believed(self) -> ssl.SSLContext:
        """A client that knows this certificate only."""
        return ssl.create_default_context(cafile=str(self.certificate))

    @property
    def shown(self) -> ssl.SSLContext:
        """A server with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """A self-signed certificate for `localhost`."""
    folder = tmp_path_factory.mktemp("identity")
    made = Identity(folder / "certificate.pem", folder / "key.pem")
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    places = ["-keyout", str(made.key), "-out", str(made.certificate)]
    name = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*words, *places, *name], check=True, capture_output=True)
    return made
