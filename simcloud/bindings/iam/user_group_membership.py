from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.values import Props


class UserGroupMembership(Binding):
    """Some of a user's groups; what else the user is in stays untouched."""

    token = "aws:iam/userGroupMembership:UserGroupMembership"
    service = "iam"
    replaces = frozenset({"user"})
    references = (Reference("user", "user"), Reference("groups[]", "group"))
    global_service = True

    def create(self, ctx: Context, new: Props) -> str:
        _move(ctx, new["user"], new["groups"], ())
        return _identity()

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            before, after = set(old["groups"]), set(new["groups"])
            _move(ctx, new["user"], sorted(after - before), sorted(before - after))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        listed = ctx.client("iam").list_groups_for_user(UserName=given["user"])["Groups"]
        names = {group["GroupName"] for group in listed}
        found = [group for group in given["groups"] if group in names]
        return {"user": given["user"], "groups": found} if found else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _move(ctx, old["user"], (), old["groups"])

    def import_id(self, identity: str) -> Props:
        user, *groups = identity.split("/")
        return {"user": user, "groups": groups}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _identity()


def _identity() -> str:
    """An id that means nothing, as the real provider makes it up."""
    return f"terraform-{uuid.uuid4().hex[:26]}"


def _move(ctx: Context, user: str, into: Iterable[str], out_of: Iterable[str]) -> None:
    iam: Any = ctx.client("iam")
    for group in into:
        iam.add_user_to_group(UserName=user, GroupName=group)
    for group in out_of:
        iam.remove_user_from_group(UserName=user, GroupName=group)
