"""What ElastiCache refuses in a user.

AWS: CreateUser, ElastiCache API reference (botocore 1.44.5), and «Specifying permissions using an access string»; the
latter per general knowledge, not verified against AWS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simcloud.bindings.elasticache import _engines
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value

_WAYS = ("authenticationMode", "noPasswordRequired", "passwords", "passwordsWo")
_MOST_PASSWORDS = 2
_SHORTEST, _LONGEST = 16, 128
_WORD = re.compile(
    r"on|off|all(keys|channels|commands)|reset(keys|channels|pass)?|nocommands|clearselectors|sanitize-payload"
    r"|[+-]@?[\w|-]+|(%(R|W|RW))?~\S+|&\S+|\(|\)"
)


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong that is known."""
    engine = new["engine"]
    if isinstance(engine, str) and engine.lower() not in _engines.NAMES:
        yield Refusal(
            "InvalidParameterValue", f"engine {engine!r} is not one of {', '.join(_engines.NAMES)}.", "engine"
        )
    yield from _access_problems(new["accessString"])
    yield from _way_problems(new)
    yield from _mode_problems(new, new.get("authenticationMode"))
    for path in ("passwords", "authenticationMode.passwords"):
        yield from _password_problems(new, path)
    written = new.get("passwordsWo")
    if isinstance(written, str):
        yield from _length_problems(written, "passwordsWo")
    if written is not None and new.get("passwordsWoVersion") is None:
        yield Refusal(
            "InvalidParameterCombination", "passwordsWo needs passwordsWoVersion.", "passwordsWoVersion"
        )


def _access_problems(access: Value) -> Iterator[Refusal]:
    if not isinstance(access, str):
        return
    wrong = [word for word in re.findall(r"[()]|[^\s()]+", access) if not _WORD.fullmatch(word)]
    if wrong:
        yield Refusal(
            "InvalidParameterValue",
            f"Access string has invalid syntax at {wrong[0]!r}.",
            "accessString",
            "write rules such as `on ~app:* +@read`.",
        )


def _way_problems(new: Props) -> Iterator[Refusal]:
    given = [way for way in _WAYS if new.get(way)]
    if len(given) != 1:
        said = " and ".join(given) or "none"
        yield Refusal(
            "InvalidParameterCombination",
            f"Exactly one of {', '.join(_WAYS)} is needed, there is {said}.",
            given[1] if given else "authenticationMode",
        )


def _mode_problems(new: Props, mode: Value) -> Iterator[Refusal]:
    if not isinstance(mode, Mapping):
        return
    kind, passwords = mode.get("type"), mode.get("passwords")
    if isinstance(kind, str) and (kind == "password") is not bool(passwords):
        yield Refusal(
            "InvalidParameterCombination",
            f"Authentication of type {kind} and passwords: only the type password has them, and it must.",
            "authenticationMode.passwords",
        )
    names = new["userId"], new["userName"]
    if kind == "iam" and all(isinstance(name, str) for name in names) and names[0] != names[1]:
        yield Refusal(
            "InvalidParameterValue",
            "With IAM authentication, userName must be the same as userId.",
            "userName",
        )


def _password_problems(new: Props, path: str) -> Iterator[Refusal]:
    passwords: Value = new
    for step in path.split("."):
        passwords = passwords.get(step) if isinstance(passwords, Mapping) else None
    if not isinstance(passwords, list):
        return
    if len(passwords) > _MOST_PASSWORDS:
        yield Refusal(
            "InvalidParameterValue",
            f"A user has at most {_MOST_PASSWORDS} passwords, not {len(passwords)}.",
            path,
        )
    for position, password in enumerate(passwords):
        if not isinstance(password, Unknown):
            yield from _length_problems(str(password), f"{path}[{position}]")


def _length_problems(password: str, path: str) -> Iterator[Refusal]:
    if not _SHORTEST <= len(password) <= _LONGEST:
        yield Refusal(
            "InvalidParameterValue",
            f"Passwords length must be between {_SHORTEST}-{_LONGEST} characters, this has {len(password)}.",
            path,
        )
