"""Which kind of master password a database gets, who changes passwords, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from components.database_options import NO_ROTATION, NoRotation, Rotation
from components.errors import ComponentError


class Credentials(StrEnum):
    """MANAGED: RDS makes, keeps and rotates the password. SECRET: a secret of ours, rotated by a function of ours."""

    MANAGED = "managed"
    SECRET = "secret"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The credentials that are used, and the reason in words.

    `rotation` None: nothing of ours changes them, neither RDS's rhythm nor a secret of ours.
    """

    credentials: Credentials
    rotation: Rotation | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What bears on the choice."""

    asked: Credentials | None = None
    replicas: int = 0
    blue_green: bool = False
    rotation: Rotation | NoRotation | None = None


# AWS: RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager", read 2026-11.
_DAYS_OF_RDS = 7
_NO_MANAGED_WITH_REPLICAS = "RDS does not manage the master password of an instance that has read replicas"
_NO_MANAGED_WITH_BLUE_GREEN = (
    "RDS does not manage the master password of an instance that has blue/green changes"
)


def choose(where: str, wish: Wish) -> Choice:
    """The legal credentials; refuses what RDS would refuse. `replicas` counts those of other regions as well."""
    forbidden = _why_not_managed(wish)
    if wish.asked is Credentials.MANAGED and forbidden is not None:
        raise _managed_and(where, wish, forbidden)
    credentials = wish.asked or (Credentials.SECRET if forbidden else Credentials.MANAGED)
    rotation = _rotation(wish, credentials)
    return Choice(
        credentials=credentials,
        rotation=rotation,
        reason=f"{_reason(wish, forbidden)} {_rhythm(credentials, rotation)}",
    )


def _why_not_managed(wish: Wish) -> str | None:
    if wish.replicas > 0:
        return _NO_MANAGED_WITH_REPLICAS
    return _NO_MANAGED_WITH_BLUE_GREEN if wish.blue_green else None


def _reason(wish: Wish, forbidden: str | None) -> str:
    if wish.asked is not None:
        return f"`{wish.asked}` was asked for."
    if forbidden is not None:
        return f"{forbidden}, so the password is a generated secret."
    return "No read replica stands in the way, so RDS keeps and rotates the password itself."


def _rotation(wish: Wish, credentials: Credentials) -> Rotation | None:
    """A password that nobody changes is never chosen, only asked for."""
    if wish.rotation is NO_ROTATION:
        return None
    return wish.rotation or (Rotation() if credentials is Credentials.SECRET else None)


def _rhythm(credentials: Credentials, rotation: Rotation | None) -> str:
    if credentials is Credentials.MANAGED:
        return f"It changes every {rotation.days if rotation else _DAYS_OF_RDS} days."
    if rotation is None:
        return "`rotation=NO_ROTATION` was asked for: it stays until `credentials_version` is raised."
    return (
        f"Applications are one of two users, whose turn it is changes every {rotation.days} days, so that the "
        "password that a running task knows works until the change after the next."
    )


def _managed_and(where: str, wish: Wish, forbidden: str) -> ComponentError:
    if wish.replicas > 0:
        return ComponentError(
            where,
            f"managed credentials with {wish.replicas} read replica(s): {forbidden}",
            expected="credentials `secret` wherever there are replicas",
            fix="leave `credentials` out (it becomes `secret`), or set `replicas` to 0",
        )
    return ComponentError(
        where,
        f"managed credentials with blue/green changes: {forbidden}",
        expected="credentials `secret` with `blue_green`",
        fix="leave `credentials` out (it becomes `secret`), or set `blue_green` to False",
    )
