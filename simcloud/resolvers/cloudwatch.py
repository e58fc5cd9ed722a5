"""What other resources name of CloudWatch."""

from __future__ import annotations

from simcloud.context import Context
from simcloud.resolver import Resolver


def log_group(ctx: Context, value: str) -> bool:
    name = value.split(":log-group:", 1)[-1].removesuffix(":*")
    groups = ctx.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return any(group["logGroupName"] == name for group in groups)


RESOLVERS = {
    "log_group": Resolver(
        "ResourceNotFoundException",
        "The specified log group does not exist: {value}",
        log_group,
    ),
}
