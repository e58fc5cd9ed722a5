"""Where the program runs that talks to this process."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simcloud.program_place import directories

CLIENT = (
    "import socket, sys; held = socket.create_connection(('127.0.0.1', int(sys.argv[1]))); sys.stdin.read()"
)


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def test_directory_of_a_connected_program(server: socket.socket, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\nmain: src/\n")
    port = str(server.getsockname()[1])
    with subprocess.Popen(
        [sys.executable, "-c", CLIENT, port], cwd=tmp_path, stdin=subprocess.PIPE
    ) as client:
        held, _ = server.accept()
        with held:
            assert directories()[0] == (tmp_path / "src").resolve()
        client.communicate()


def test_nobody_is_connected() -> None:
    assert Path.cwd() in directories()
