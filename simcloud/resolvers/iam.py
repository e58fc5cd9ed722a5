"""What other resources name of IAM."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _role_by_arn(ctx: Context, value: str) -> Any:
    return ctx.client("iam").get_role(RoleName=value.rsplit("/", 1)[-1])


RESOLVERS = {
    "role": Resolver("NoSuchEntity", "The role {value} cannot be found.", _role_by_arn),
    "policy": Resolver(
        "NoSuchEntity",
        "Policy {value} does not exist or is not attachable.",
        lambda ctx, value: ctx.client("iam").get_policy(PolicyArn=value),
    ),
    "user": Resolver(
        "NoSuchEntity",
        "The user with name {value} cannot be found.",
        lambda ctx, value: ctx.client("iam").get_user(UserName=value),
    ),
    "group": Resolver(
        "NoSuchEntity",
        "The group with name {value} cannot be found.",
        lambda ctx, value: ctx.client("iam").get_group(GroupName=value),
    ),
}
