"""A database server as far as changing passwords needs one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class ServerError(Exception):
    """What a database server refused, in its words."""


@dataclass(frozen=True, kw_only=True)
class Login:
    """Who one is; never printed with the password."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Login({self.username!r})"


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the server is, and which database of it is meant."""

    engine: str
    host: str
    port: int
    database: str


class Connection(Protocol):
    """An open session."""

    def run(self, statement: str) -> None: ...

    def close(self) -> None: ...
