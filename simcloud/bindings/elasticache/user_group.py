from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud import tagging
from simcloud.binding import Params
from simcloud.bindings._checks import written
from simcloud.bindings._regional import RegionalRecord
from simcloud.bindings.elasticache import _engines
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class UserGroup(RegionalRecord):
    """The users that may enter the caches with which the group is used. moto has none: it is recorded."""

    token = "aws:elasticache/userGroup:UserGroup"
    service = "elasticache"
    faults = {"UserGroupAlreadyExists": "userGroupId"}
    taken = "UserGroupAlreadyExists"
    operation = "create_user_group"
    replaces = frozenset({"userGroupId"})
    tagging = tagging.RECORDED

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "UserGroupId": new["userGroupId"],
                "Engine": new["engine"],
                "UserIds": new.get("userIds") or None,
            }
        )

    def new_identity(self, ctx: Context, new: Props) -> str:
        return str(new["userGroupId"])

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": ctx.arn("elasticache", f"usergroup:{identity}")}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        groups = ctx.client("elasticache").describe_replication_groups()["ReplicationGroups"]
        users = [group["ReplicationGroupId"] for group in groups if identity in group.get("UserGroupIds", ())]
        if users:
            raise Refusal(
                "InvalidUserGroupState",
                f"User group {identity} is associated with replication groups: {', '.join(users)}.",
            )
        super().delete(ctx, identity, old)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        engine, ids = new["engine"], new.get("userIds")
        yield from written(
            new,
            "userGroupId",
            r"[A-Za-z][A-Za-z0-9-]{0,39}",
            "1 to 40 letters, digits and hyphens, beginning with a letter",
            "InvalidParameterValue",
        )
        if isinstance(engine, str) and engine.lower() not in _engines.NAMES:
            yield Refusal(
                "InvalidParameterValue",
                f"engine {engine!r} is not one of {', '.join(_engines.NAMES)}.",
                "engine",
            )
        # AWS: CreateUserGroup: Redis wants a user named `default`, Valkey none; per general knowledge.
        if isinstance(engine, str) and engine.lower() == "redis" and not ids:
            yield _without_default(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        names: dict[str, int] = {}
        for position, identity in enumerate(new.get("userIds") or []):
            user = _user(ctx, identity)
            if user is None:
                yield Refusal("UserNotFound", f"User {identity} not found.", f"userIds[{position}]")
            elif user["UserName"] in names:
                yield Refusal(
                    "DuplicateUserName",
                    f"Two users of the group have the name {user['UserName']}.",
                    f"userIds[{position}]",
                )
            else:
                names[user["UserName"]] = position
        if str(new["engine"]).lower() == "redis" and names and "default" not in names:
            yield _without_default(new)


def _user(ctx: Context, identity: str) -> Mapping[str, Any] | None:
    if identity == "default":
        return {"UserName": "default"}
    try:
        user: Mapping[str, Any] = ctx.client("elasticache").describe_users(UserId=identity)["Users"][0]
    except ClientError:
        return None
    return user


def _without_default(new: Props) -> Refusal:
    return Refusal(
        "DefaultUserRequired",
        f"User group {new['userGroupId']} needs to contain a user with the user name default.",
        "userIds",
    )
