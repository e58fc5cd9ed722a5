"""Users of caches as ElastiCache keeps them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.elasticache.exceptions import UserNotFound
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from simcloud.patches import adds, around


@around(ElastiCacheBackend)
def delete_user(original: Any, self: Any, user_id: str) -> Any:
    """AWS: a deleted user is gone soon; moto: it is deleting until somebody looks."""
    user = original(self, user_id)
    self.users.pop(user_id, None)
    return user


@adds(ElastiCacheResponse)
def modify_user(self: Any) -> ActionResult:
    """AWS: permissions and passwords can be changed; moto: not implemented."""
    given = self._get_params()
    user = self.elasticache_backend.users.get(given["UserId"])
    if user is None:
        raise UserNotFound(given["UserId"])
    user.access_string = given.get("AccessString", user.access_string)
    user.engine = given.get("Engine", user.engine).lower()
    _authenticate(user, given)
    return ActionResult(user)


def _authenticate(user: Any, given: dict[str, Any]) -> None:
    mode = given.get("AuthenticationMode", {})
    passwords = given.get("Passwords") or mode.get("Passwords")
    if passwords:
        user.passwords, user.authentication_type, user.no_password_required = passwords, "password", False
    elif mode.get("Type") == "no-password-required" or given.get("NoPasswordRequired") in (True, "true"):
        user.passwords, user.authentication_type, user.no_password_required = [], "no-password", True
    elif mode.get("Type") == "iam":
        user.passwords, user.authentication_type, user.no_password_required = [], "iam", False
