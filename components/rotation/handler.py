"""The four steps in which Secrets Manager has a secret rotated, with two users in turn.

While one user's password is in the secret, the other's from before is valid still: a task that was started with it
goes on to connect until the rotation after the next one.
"""

from __future__ import annotations

import json
import os
import secrets as random
import ssl
import string
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from components.rotation import mysql, postgres
from components.rotation.server import Address, Connection, Login

_BUNDLE = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"
_CERTIFICATES = Path(__file__).parent / "certificates.pem"
_LENGTH = 40

Connect = Callable[[Address, Login], Connection]


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is rotated: the users are `<owner>_a` and `<owner>_b`; the master makes them.

    `login_secret_arns` are, by user, the secrets by which a proxy knows them; none without a proxy.
    """

    address: Address
    owner: str
    master_secret_arn: str
    login_secret_arns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """One rotation of one secret; `token` is the id of its new version."""

    vault: Any
    connect: Connect
    task: Task
    secret_id: str
    token: str

    def create(self) -> None:
        """Writes a new password for the user whose turn it is; an earlier try's stays."""
        if self._version("AWSPENDING", self.token) is not None:
            return
        login = Login(username=self._other(self._current().username), password=_drawn())
        self.vault.put_secret_value(
            SecretId=self.secret_id,
            ClientRequestToken=self.token,
            SecretString=_text(login),
            VersionStages=["AWSPENDING"],
        )

    def set(self) -> None:
        """Makes the database know both users with the passwords that the secret has of them."""
        logins = (self._current(), self._pending())
        connection = self.connect(self.task.address, self._login(self.task.master_secret_arn))
        try:
            for statement in self._statements(logins):
                connection.run(statement)
        finally:
            connection.close()
        for login in logins:
            self._tell_proxy(login)

    def test(self) -> None:
        """Logs in with the new password."""
        connection = self.connect(self.task.address, self._pending())
        connection.run("SELECT 1" if self.task.address.engine == "postgres" else "DO 1")
        connection.close()

    def finish(self) -> None:
        """The new password is the one that is given out."""
        stages = self.vault.describe_secret(SecretId=self.secret_id)["VersionIdsToStages"]
        current = next(version for version, names in stages.items() if "AWSCURRENT" in names)
        if current == self.token:
            return
        self.vault.update_secret_version_stage(
            SecretId=self.secret_id,
            VersionStage="AWSCURRENT",
            MoveToVersionId=self.token,
            RemoveFromVersionId=current,
        )

    def _tell_proxy(self, login: Login) -> None:
        """Before anybody is that user with that password: a repeated step writes the same once more."""
        arn = self.task.login_secret_arns.get(login.username)
        if arn is not None:
            self.vault.put_secret_value(
                SecretId=arn, ClientRequestToken=self.token, SecretString=_text(login)
            )

    def _statements(self, logins: tuple[Login, ...]) -> list[str]:
        database = self.task.address.database
        if self.task.address.engine == "postgres":
            return postgres.statements(self.task.owner, database, logins)
        return mysql.statements(database, logins)

    def _other(self, username: str) -> str:
        first, second = f"{self.task.owner}_a", f"{self.task.owner}_b"
        return second if username == first else first

    def _current(self) -> Login:
        return self._login(self.secret_id)

    def _pending(self) -> Login:
        login = self._version("AWSPENDING", self.token)
        if login is None:
            raise LookupError(f"the secret {self.secret_id} has no pending version {self.token}")
        return login

    def _login(self, secret_id: str) -> Login:
        return _parsed(self.vault.get_secret_value(SecretId=secret_id, VersionStage="AWSCURRENT"))

    def _version(self, stage: str, token: str) -> Login | None:
        try:
            found = self.vault.get_secret_value(SecretId=self.secret_id, VersionId=token, VersionStage=stage)
        except self.vault.exceptions.ResourceNotFoundException:
            return None
        return _parsed(found)


def rotate(event: Mapping[str, str], _context: object) -> None:
    """What Lambda calls."""
    import boto3

    rotation = Rotation(
        vault=boto3.client("secretsmanager"),
        connect=_connect,
        task=task_of(os.environ),
        secret_id=event["SecretId"],
        token=event["ClientRequestToken"],
    )
    steps = {
        "createSecret": rotation.create,
        "setSecret": rotation.set,
        "testSecret": rotation.test,
        "finishSecret": rotation.finish,
    }
    steps[event["Step"]]()


def task_of(environment: Mapping[str, str]) -> Task:
    """What the function's environment says."""
    return Task(
        address=Address(
            engine=environment["DATABASE_ENGINE"],
            host=environment["DATABASE_HOST"],
            port=int(environment["DATABASE_PORT"]),
            database=environment["DATABASE_NAME"],
        ),
        owner=environment["APPLICATION_USERNAME"],
        master_secret_arn=environment["MASTER_SECRET_ARN"],
        login_secret_arns=json.loads(environment.get("LOGIN_SECRET_ARNS", "{}")),
    )


def _connect(address: Address, login: Login) -> Connection:
    context = ssl.create_default_context(cadata=_certificates())
    if address.engine == "postgres":
        return postgres.PostgresConnection(address, login, context)
    return mysql.MysqlConnection(address, login, context)


def _certificates() -> str:
    if _CERTIFICATES.exists():
        return _CERTIFICATES.read_text()
    with urllib.request.urlopen(_BUNDLE, timeout=10) as answer:
        return str(answer.read().decode())


def _drawn() -> str:
    return "".join(random.choice(string.ascii_letters + string.digits) for _ in range(_LENGTH))


def _text(login: Login) -> str:
    return json.dumps({"username": login.username, "password": login.password})


def _parsed(found: Mapping[str, str]) -> Login:
    fields = json.loads(found["SecretString"])
    return Login(username=fields["username"], password=fields["password"])
