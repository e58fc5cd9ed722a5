from __future__ import annotations

from collections.abc import Iterable

from simcloud.binding import AutoName, Binding, Reference
from simcloud.context import Context
from simcloud.values import Props


class GroupMembership(Binding):
    """All the users of a group: who is not named here is taken out."""

    token = "aws:iam/groupMembership:GroupMembership"
    service = "iam"
    replaces = frozenset({"name", "group"})
    autoname = AutoName()
    references = (Reference("group", "group"), Reference("users[]", "user"))
    global_service = True

    def create(self, ctx: Context, new: Props) -> str:
        _move(ctx, new["group"], new["users"], ())
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            before, after = set(old["users"]), set(new["users"])
            _move(ctx, new["group"], sorted(after - before), sorted(before - after))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        users = ctx.client("iam").get_group(GroupName=given["group"])["Users"]
        if not users:
            return None
        return {
            "name": identity,
            "group": given["group"],
            "users": [user["UserName"] for user in users],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _move(ctx, old["group"], (), old["users"])


def _move(ctx: Context, group: str, into: Iterable[str], out_of: Iterable[str]) -> None:
    iam = ctx.client("iam")
    for user in into:
        iam.add_user_to_group(UserName=user, GroupName=group)
    for user in out_of:
        iam.remove_user_from_group(UserName=user, GroupName=group)
