"""The four steps of a rotation, against a simulated Secrets Manager and a server that writes down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from components.rotation.handler import Rotation, Task, task_of
from components.rotation.server import Address, Connection, Login, ServerError
from simcloud.testing import Simulation

ENVIRONMENT = {
    "DATABASE_ENGINE": "postgres",
    "DATABASE_HOST": "db.example",
    "DATABASE_PORT": "5432",
    "DATABASE_NAME": "shop",
    "APPLICATION_USERNAME": "app",
    "MASTER_SECRET_ARN": "master",
}


@dataclass
class Servers:
    """What was run, and as whom; who is in `locked_out` gets in never."""

    runs: list[tuple[str, str]] = field(default_factory=list)
    locked_out: set[str] = field(default_factory=set)
    open: int = 0

    def connect(self, address: Address, login: Login) -> Connection:
        assert address.host == "db.example"
        if login.username in self.locked_out:
            raise ServerError(f"{login.username} is locked out")
        self.open += 1
        return Session(self, login.username)


@dataclass
class Session:
    servers: Servers
    username: str

    def run(self, statement: str) -> None:
        self.servers.runs.append((self.username, statement))

    def close(self) -> None:
        self.servers.open -= 1


@dataclass
class Vault:
    """A secret with the master's beside it."""

    client: Any
    servers: Servers

    def rotation(self, number: int, **environment: str) -> Rotation:
        return Rotation(
            vault=self.client,
            connect=self.servers.connect,
            task=task_of({**ENVIRONMENT, **environment}),
            secret_id="application",
            token=f"{number:08d}-0000-4000-8000-000000000000",
        )

    def rotate(self, number: int) -> None:
        rotation = self.rotation(number)
        for step in (rotation.create, rotation.set, rotation.test, rotation.finish):
            step()

    def login(self, stage: str) -> Mapping[str, str]:
        found = self.client.get_secret_value(SecretId="application", VersionStage=stage)
        login: Mapping[str, str] = json.loads(found["SecretString"])
        return login


@pytest.fixture
def vault() -> Vault:
    client = Simulation().client("secretsmanager")
    master, first = (
        json.dumps({"username": name, "password": f"password-of-{name}"}) for name in ("master", "app_a")
    )
    client.create_secret(Name="master", SecretString=master)
    client.create_secret(Name="application", SecretString=first)
    return Vault(client, Servers())


def test_the_users_take_turns_and_the_last_password_stays_valid(vault: Vault) -> None:
    turns = []
    for number in (1, 2, 3):
        before = vault.login("AWSCURRENT")
        vault.rotate(number)
        assert vault.login("AWSPREVIOUS") == before
        turns.append(vault.login("AWSCURRENT")["username"])
    assert turns == ["app_b", "app_a", "app_b"]


def test_a_new_password_is_long_and_needs_no_quoting(vault: Vault) -> None:
    vault.rotate(1)
    password = vault.login("AWSCURRENT")["password"]
    assert len(password) == 40
    assert password.isalnum()


def test_the_master_makes_both_users_and_the_new_one_tries(vault: Vault) -> None:
    vault.rotate(1)
    assert {username for username, _ in vault.servers.runs[:-1]} == {"master"}
    made = [statement for _, statement in vault.servers.runs if "LOGIN PASSWORD" in statement]
    assert [statement.split('"')[1] for statement in made] == ["app_a", "app_b"]
    assert vault.servers.runs[-1] == ("app_b", "SELECT 1")
    assert vault.servers.open == 0


def test_a_proxy_hears_of_both_users_before_anybody_is_the_new_one(vault: Vault) -> None:
    for letter in "ab":
        vault.client.create_secret(Name=f"login-{letter}")
    arns = json.dumps({f"app_{letter}": f"login-{letter}" for letter in "ab"})

    def known(letter: str) -> Mapping[str, str]:
        login: Mapping[str, str] = json.loads(
            vault.client.get_secret_value(SecretId=f"login-{letter}")["SecretString"]
        )
        return login

    rotation = vault.rotation(1, LOGIN_SECRET_ARNS=arns)
    rotation.create()
    rotation.set()
    rotation.set()
    assert (known("a"), known("b")) == (vault.login("AWSCURRENT"), vault.login("AWSPENDING"))
    rotation.finish()
    last = vault.login("AWSCURRENT")
    second = vault.rotation(2, LOGIN_SECRET_ARNS=arns)
    second.create()
    second.set()
    assert (known("b"), known("a")) == (last, vault.login("AWSPENDING"))


def test_mysql_is_told_in_its_own_words(vault: Vault) -> None:
    rotation = vault.rotation(1, DATABASE_ENGINE="mysql")
    rotation.create()
    rotation.set()
    rotation.test()
    assert vault.servers.runs[0][1].startswith("CREATE USER IF NOT EXISTS 'app_a'@'%'")
    assert vault.servers.runs[-1] == ("app_b", "DO 1")


def test_a_step_that_is_repeated_changes_nothing(vault: Vault) -> None:
    rotation = vault.rotation(1)
    rotation.create()
    pending = vault.login("AWSPENDING")
    rotation.create()
    assert vault.login("AWSPENDING") == pending
    rotation.set()
    rotation.finish()
    rotation.finish()
    assert vault.login("AWSCURRENT") == pending


def test_a_password_that_does_not_work_is_never_given_out(vault: Vault) -> None:
    vault.servers.locked_out = {"app_b"}
    before = vault.login("AWSCURRENT")
    with pytest.raises(ServerError, match="app_b is locked out"):
        vault.rotate(1)
    assert vault.login("AWSCURRENT") == before


def test_a_session_ends_even_if_the_server_refuses(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Session, _statement: str) -> None:
        raise ServerError("no")

    monkeypatch.setattr(Session, "run", refuse)
    rotation = vault.rotation(1)
    rotation.create()
    with pytest.raises(ServerError):
        rotation.set()
    assert vault.servers.open == 0


def test_nothing_is_set_that_was_not_created(vault: Vault) -> None:
    with pytest.raises(LookupError, match="has no pending version"):
        vault.rotation(1).set()


def test_the_environment_says_what_is_rotated() -> None:
    assert task_of(ENVIRONMENT) == Task(
        address=Address(engine="postgres", host="db.example", port=5432, database="shop"),
        owner="app",
        master_secret_arn="master",
    )


def test_a_login_shows_no_password() -> None:
    assert repr(Login(username="app_a", password="hidden")) == "Login('app_a')"
