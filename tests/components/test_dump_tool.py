"""The commands that dump, run by a real shell: what is not whole is never uploaded."""

import gzip
import os
import subprocess
from pathlib import Path

import pytest

from components.dump_tool import TOOLS
from components.engine import Engine

WHOLE = "CREATE TABLE lessons (id int);\n\n-- Dump completed on 2026-11-02  2:00:03"
HALF = "CREATE TABLE lessons (id int);\nINSERT INTO lessons VALU"


class Machine:
    """A directory of programs in place of the image's, and one in place of the task's disk."""

    def __init__(self, root: Path) -> None:
        self.programs, self.disk, self.store = root / "bin", root / "disk", root / "store"
        for made in (self.programs, self.disk, self.store):
            made.mkdir()
        self.program("aws", f'cp "$4" "{self.store}/kept" && printf "%s" "$5" > "{self.store}/where"')

    def program(self, name: str, body: str) -> None:
        """One that does `body`."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def run(self, engine: Engine) -> int:
        """How the job ends."""
        command = TOOLS[engine].command.replace("/tmp/", f"{self.disk}/")
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        variables = {"PATH": path, "BUCKET": "la-prod-dumps", "PREFIX": "dumps", "MYSQL_DATABASE": "learning"}
        return subprocess.run(
            ["sh", "-c", command], env=variables, check=False, capture_output=True
        ).returncode

    @property
    def kept(self) -> bytes | None:
        """What was uploaded."""
        path = self.store / "kept"
        return path.read_bytes() if path.exists() else None

    @property
    def where(self) -> str:
        """Where to."""
        return (self.store / "where").read_text()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_whole_dump_of_mysql_is_compressed_and_kept(machine: Machine) -> None:
    machine.program("mysqldump", f"cat <<'END'\n{WHOLE}\nEND")
    assert machine.run(Engine.MYSQL) == 0
    assert machine.kept is not None
    assert gzip.decompress(machine.kept).decode() == f"{WHOLE}\n"
    assert machine.where.startswith("s3://la-prod-dumps/dumps/20")
    assert machine.where.endswith(".sql.gz")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"cat <<'END'\n{HALF}\nEND\nexit 2", id="breaks off and says so"),
        pytest.param(f"cat <<'END'\n{HALF}\nEND", id="breaks off and says nothing"),
        pytest.param(f"cat <<'END'\n{WHOLE}\nEND\nexit 2", id="fails, and ends like a whole one"),
        pytest.param("exit 1", id="is not let in"),
    ],
)
def test_a_dump_of_mysql_that_is_not_whole_is_not_kept(machine: Machine, body: str) -> None:
    machine.program("mysqldump", body)
    assert machine.run(Engine.MYSQL) != 0
    assert machine.kept is None


def test_nor_is_one_that_the_disk_did_not_hold(machine: Machine) -> None:
    machine.program("mysqldump", f"cat <<'END'\n{WHOLE}\nEND")
    machine.program("gzip", 'test "$1" = -t && exit 1; cat')
    assert machine.run(Engine.MYSQL) != 0
    assert machine.kept is None


def test_a_dump_of_postgres_is_kept_once_it_can_be_read(machine: Machine) -> None:
    machine.program("pg_dump", 'for last; do :; done; printf dump > "${last#--file=}"')
    machine.program("pg_restore", 'test "$(cat "$2")" = dump')
    assert machine.run(Engine.POSTGRES) == 0
    assert machine.kept == b"dump"
    assert machine.where.endswith(".dump")


def test_a_dump_of_postgres_that_cannot_be_read_is_not_kept(machine: Machine) -> None:
    machine.program("pg_dump", 'for last; do :; done; printf half > "${last#--file=}"')
    machine.program("pg_restore", 'test "$(cat "$2")" = dump')
    assert machine.run(Engine.POSTGRES) != 0
    assert machine.kept is None


def test_a_password_is_on_no_command_line() -> None:
    for tool in TOOLS.values():
        assert tool.password not in tool.command
