from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.bindings.elasticache import _user_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, without_none

# The API calls the same thing otherwise in requests than in answers.
_SAID = {"no-password": "no-password-required"}
_SECRETS = ("authenticationMode", "noPasswordRequired", "passwords", "passwordsWoVersion")


class User(Binding):
    """A user of caches, with what it may do there."""

    token = "aws:elasticache/user:User"
    service = "elasticache"
    faults = {"UserAlreadyExists": "userId"}
    operation = "create_user"
    replaces = frozenset({"userId", "userName"})
    defaults = {"noPasswordRequired": False}
    tagging = tagging.ELASTICACHE

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "UserId": new["userId"],
            "UserName": new["userName"],
            **_contents(new),
            **_authentication(new),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["UserId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            secrets = _authentication(new) if any(new.get(key) != old.get(key) for key in _SECRETS) else {}
            ctx.client("elasticache").modify_user(UserId=identity, **_contents(new), **secrets)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        user = ctx.client("elasticache").describe_users(UserId=identity)["Users"][0]
        kind = user["Authentication"]["Type"]
        return {
            "arn": user["ARN"],
            "userId": user["UserId"],
            "userName": user["UserName"],
            "engine": _spelled(given.get("engine"), user["Engine"]),
            "accessString": user["AccessString"],
            "authenticationMode": {
                "type": _SAID.get(kind, kind),
                "passwords": (given.get("authenticationMode") or {}).get("passwords", []),
                "passwordCount": user["Authentication"].get("PasswordCount", 0),
            },
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("elasticache").delete_user(UserId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _user_rules.problems(new)


def _spelled(given: Value, engine: str) -> str:
    """Capitals make no difference."""
    return given if isinstance(given, str) and given.lower() == engine.lower() else engine


def _contents(new: Props) -> Params:
    return {"Engine": new["engine"], "AccessString": new["accessString"]}


def _authentication(new: Props) -> Params:
    mode, written = new.get("authenticationMode"), new.get("passwordsWo")
    passwords = new.get("passwords") or (None if written is None else [written])
    return without_none(
        {
            "NoPasswordRequired": True if new["noPasswordRequired"] is True else None,
            "Passwords": passwords,
            "AuthenticationMode": mode if isinstance(mode, Unknown) or mode is None else _mode(mode),
        }
    )


def _mode(given: Props) -> Params:
    return without_none({"Type": given.get("type"), "Passwords": given.get("passwords") or None})
