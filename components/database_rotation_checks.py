"""What the rotation of a database's passwords must not say, and what it cannot do without."""

from __future__ import annotations

import re

from components.credentials import Credentials
from components.database_args import DatabaseArgs
from components.database_options import Rotation
from components.errors import ComponentError

# AWS: RotateSecret, RotationRules; per reference notes.
_MOST_DAYS = 1_000


def check(where: str, args: DatabaseArgs, credentials: Credentials, rotation: Rotation) -> None:
    """Refuses what contradicts the rotation that was asked for, or chosen because nothing was said."""
    _check_days(where, rotation)
    if credentials is Credentials.SECRET:
        _check_users(where, args, rotation)
        _check_place(where, rotation)


def _check_days(where: str, rotation: Rotation) -> None:
    if 1 <= rotation.days <= _MOST_DAYS:
        return
    raise ComponentError(
        where,
        f"a rotation every {rotation.days} days",
        expected=f"1 to {_MOST_DAYS}",
        fix="set `rotation.days` within it",
    )


def _check_users(where: str, args: DatabaseArgs, rotation: Rotation) -> None:
    owner = rotation.application_username
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", owner):
        raise ComponentError(
            where,
            f"`{owner}` cannot be an application's user, from which two names are made",
            expected="up to 30 lower-case letters, digits and underscores",
            fix="choose another `rotation.application_username`",
        )
    if args.username in {owner, f"{owner}_a", f"{owner}_b"}:
        raise ComponentError(
            where,
            f"the master user `{args.username}` would be one of the application's users, whose rights it must give",
            expected="two names that have nothing to do with each other",
            fix="choose another `username` or `rotation.application_username`",
        )


def _check_place(where: str, rotation: Rotation) -> None:
    if rotation.function_subnet_ids is not None:
        return
    raise ComponentError(
        where,
        f"a secret of ours is rotated every {rotation.days} days by a function, which has no place to stand",
        expected="`rotation.function_subnet_ids`: private subnets with a way to Secrets Manager",
        fix="give `rotation=Rotation(function_subnet_ids=…)`, let RDS manage the password (no replicas, no "
        "`blue_green`), or say `rotation=NO_ROTATION`: the password then stays until `credentials_version` is raised",
    )
