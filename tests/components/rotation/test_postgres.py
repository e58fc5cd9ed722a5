"""Against a PostgreSQL of this machine, where there is one: no twin can tell whether SCRAM and SQL are right."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from components.rotation import handover
from components.rotation.postgres import PostgresConnection, statements
from components.rotation.server import Address, Login, ServerError
from tests.components.rotation.conftest import Identity

_PROGRAMS = Path(shutil.which("pg_ctl") or "/none/pg_ctl").resolve().parent
pytestmark = pytest.mark.skipif(not _PROGRAMS.is_dir(), reason="no PostgreSQL on this machine")

MASTER = Login(username="master", password="master-password")
A = Login(username="app_a", password="password-of-a")
B = Login(username="app_b", password="password-of-b")


@dataclass(frozen=True)
class Server:
    """A server with the database `app`, whose owner may make users and is no superuser, as in RDS."""

    address: Address
    identity: Identity
    log: Path

    def connect(self, login: Login) -> PostgresConnection:
        return PostgresConnection(self.address, login, self.identity.believed)

    def run(self, login: Login, *texts: str) -> None:
        session = self.connect(login)
        for text in texts:
            session.run(text)
        session.close()

    def beside(self, name: str) -> "Server":
        """Another database of the same owner, in which nothing was handed over yet."""
        self.run(MASTER, f"CREATE DATABASE {name}")
        return replace(self, address=replace(self.address, database=name))


def _run(folder: Path, program: str, *words: str | Path) -> None:
    """PostgreSQL refuses to be root."""
    somebody = "nobody" if os.geteuid() == 0 else None
    command = [str(_PROGRAMS / program), *map(str, words)]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, user=somebody)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def server(identity: Identity) -> Iterator[Server]:
    port, folder = _free_port(), Path(tempfile.mkdtemp(prefix="plinth-postgres-"))
    for path in (identity.certificate, identity.key):
        shutil.copy(path, folder / path.name)
    (folder / "password").write_text("superuser-password")
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "nobody")
    (folder / "key.pem").chmod(0o600)
    data, log = folder / "data", folder / "log"
    _run(folder, "initdb", "-D", data, "-U", "root", "-A", "scram-sha-256", "--pwfile", folder / "password")
    settings = {
        "listen_addresses": "localhost", "port": str(port), "unix_socket_directories": str(folder), "ssl": "on",
        "ssl_cert_file": str(folder / "certificate.pem"), "ssl_key_file": str(folder / "key.pem"),
        "log_statement": "all", "fsync": "off",
    }  # fmt: skip
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    _run(folder, "pg_ctl", "-D", data, "-w", "-l", log, "start")
    try:
        made = Server(Address(engine="postgres", host="localhost", port=port, database="app"), identity, log)
        _prepare(made)
        yield made
    finally:
        _run(folder, "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _prepare(server: Server) -> None:
    superuser = Login(username="root", password="superuser-password")
    address = Address(**{**vars(server.address), "database": "postgres"})
    session = PostgresConnection(address, superuser, server.identity.believed)
    session.run(f"CREATE ROLE master LOGIN CREATEROLE CREATEDB PASSWORD '{MASTER.password}'")
    session.run("CREATE DATABASE app OWNER master")
    session.close()


def test_two_users_are_made_and_share_what_they_make(server: Server) -> None:
    server.run(MASTER, *statements("app", "app", (A, B)))
    server.run(A, "CREATE TABLE things (name text)", "INSERT INTO things VALUES ('of a')")
    server.run(B, "INSERT INTO things VALUES ('of b')", "ALTER TABLE things ADD COLUMN more text")


def test_made_again_they_get_new_passwords_and_keep_their_things(server: Server) -> None:
    server.run(MASTER, *statements("app", "app", (A, B)))
    server.run(A, "CREATE TABLE kept (name text)")
    renewed = Login(username="app_a", password="another-password")
    server.run(MASTER, *statements("app", "app", (B, renewed)))
    server.run(renewed, "DROP TABLE kept")
    with pytest.raises(ServerError, match='password authentication failed for user "app_a"'):
        server.connect(A)


HISTORY = (
    'CREATE SCHEMA "Sales"',
    "CREATE TYPE mood AS ENUM ('good', 'bad')",
    "CREATE TYPE pair AS (one int, other int)",
    'CREATE TABLE "Sales".orders (id serial PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, how mood)',
    "CREATE TABLE days (day date, what pair) PARTITION BY RANGE (day)",
    "CREATE TABLE days_2026 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    'CREATE VIEW news AS SELECT id FROM "Sales".orders',
    "CREATE SEQUENCE numbers",
    "CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2'",
    "CREATE FUNCTION as_master() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2'",
    "CREATE EXTENSION hstore",
    "INSERT INTO \"Sales\".orders (how) VALUES ('good')",
)
# What an application's migration would do with each of it.
CHANGES = (
    'ALTER TABLE "Sales".orders ADD COLUMN more text',
    "INSERT INTO \"Sales\".orders (how) VALUES ('bad')",
    'CREATE TABLE "Sales".more (name text)',
    "ALTER TYPE mood ADD VALUE 'so-so'",
    "ALTER TYPE pair ADD ATTRIBUTE third int CASCADE",
    "ALTER TABLE days_2026 ADD CHECK (day > '2026-02-01')",
    'CREATE OR REPLACE VIEW news AS SELECT id, 1 AS one FROM "Sales".orders',
    "ALTER SEQUENCE numbers INCREMENT 2",
    "CREATE OR REPLACE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 3'",
    "SELECT as_master(), 'a=>1'::hstore",
)


def test_what_the_master_made_becomes_theirs_and_stays_the_masters(server: Server) -> None:
    server.run(MASTER, *statements("app", "app", (A, B)))
    old = server.beside("old")
    old.run(MASTER, *HISTORY)
    with pytest.raises(ServerError, match="permission denied for schema Sales"):
        old.run(B, 'SELECT * FROM "Sales".orders')
    old.run(MASTER, *statements("app", "old", (A, B)))
    old.run(B, *CHANGES)
    old.run(MASTER, *statements("app", "old", (A, B)))
    old.run(MASTER, 'SELECT more FROM "Sales".orders', 'DROP TABLE "Sales".more')
    with pytest.raises(ServerError, match="must be owner of function as_master"):
        old.run(B, "DROP FUNCTION as_master")


def test_what_the_master_makes_later_can_be_used_at_once(server: Server) -> None:
    server.run(MASTER, *statements("app", "app", (A, B)), "CREATE TABLE later (id serial)")
    server.run(A, "INSERT INTO later DEFAULT VALUES")


def test_the_master_dumps_what_the_applications_own(server: Server) -> None:
    server.run(MASTER, *statements("app", "app", (A, B)))
    server.run(A, "CREATE TABLE precious (name text)", "INSERT INTO precious VALUES ('kept in the dump')")
    address = server.address
    place = f"host={address.host} port={address.port} user={MASTER.username} dbname={address.database}"
    dump = subprocess.run(
        [str(_PROGRAMS / "pg_dump"), "--no-owner", place],
        env={"PGPASSWORD": MASTER.password, "PGSSLMODE": "require"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "kept in the dump" in dump.stdout


def test_a_table_that_is_in_use_is_not_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "_PATIENCE", "100ms")
    server.run(MASTER, "CREATE TABLE busy (name text)")
    reader = server.connect(MASTER)
    reader.run("BEGIN")
    reader.run("SELECT * FROM busy")
    with pytest.raises(ServerError, match="canceling statement due to lock timeout"):
        server.run(MASTER, *statements("app", "app", (A, B)))
    reader.run("ROLLBACK")
    reader.close()


def test_the_server_logs_no_password(server: Server) -> None:
    server.run(MASTER, *statements("app", "app", (A, B)))
    log = server.log.read_text()
    assert 'ALTER ROLE "app_b" WITH LOGIN PASSWORD' in log
    assert not any(login.password in log for login in (A, B))


def test_what_the_server_refuses_is_told_in_its_words(server: Server) -> None:
    session = server.connect(MASTER)
    with pytest.raises(ServerError, match=r'^syntax error at or near "SELEC"$'):
        session.run("SELEC")
    session.run("SELECT 1")
    session.close()


def test_a_server_that_is_not_believed_is_not_spoken_to(server: Server) -> None:
    import ssl

    with pytest.raises(ssl.SSLCertVerificationError):
        PostgresConnection(server.address, MASTER, ssl.create_default_context())
