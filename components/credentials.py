"""Which kind of master password a database gets, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Credentials(StrEnum):
    """MANAGED: RDS makes and rotates the password. SECRET: a secret of ours, written once."""

    MANAGED = "managed"
    SECRET = "secret"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The credentials that are used, and the reason in one sentence."""

    credentials: Credentials
    reason: str
