"""Which kind of master password a database gets, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from components.errors import ComponentError


class Credentials(StrEnum):
    """MANAGED: RDS makes, keeps and rotates the password. SECRET: a secret of ours, written once."""

    MANAGED = "managed"
    SECRET = "secret"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The credentials that are used, and the reason in one sentence."""

    credentials: Credentials
    reason: str


# AWS: RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager", read 2026-11.
_NO_MANAGED_WITH_REPLICAS = "RDS does not manage the master password of an instance that has read replicas"


def choose(where: str, asked: Credentials | None, replicas: int) -> Choice:
    """The legal credentials for a database with so many replicas; refuses what RDS would refuse."""
    if asked is Credentials.MANAGED and replicas > 0:
        raise _managed_with_replicas(where, replicas)
    if asked is not None:
        return Choice(credentials=asked, reason=f"`{asked}` was asked for.")
    if replicas > 0:
        return Choice(
            credentials=Credentials.SECRET,
            reason=f"{_NO_MANAGED_WITH_REPLICAS}, so the password is a generated secret.",
        )
    return Choice(
        credentials=Credentials.MANAGED,
        reason="No read replica stands in the way, so RDS keeps and rotates the password itself.",
    )


def _managed_with_replicas(where: str, replicas: int) -> ComponentError:
    return ComponentError(
        where,
        f"managed credentials with {replicas} read replica(s): {_NO_MANAGED_WITH_REPLICAS}",
        expected="credentials `secret` wherever there are replicas",
        fix="leave `credentials` out (it becomes `secret`), or set `replicas` to 0",
    )
