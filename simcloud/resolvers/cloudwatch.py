"""What other resources name of CloudWatch."""

from __future__ import annotations

from simcloud.context import Context
from simcloud.resolver import Resolver


def log_group(ctx: Context, value: str) -> bool:
    name = value.split(":log-group:", 1)[-1].removesuffix(":*")
    groups = ctx.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return any(group["logGroupName"] == name for group in groups)


def _alarm(ctx: Context, value: str) -> bool:
    name = value.split(":alarm:", 1)[-1] if value.startswith("arn:") else value
    found = ctx.client("cloudwatch").describe_alarms(
        AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    return bool(found["MetricAlarms"] or found["CompositeAlarms"])


RESOLVERS = {
    "alarm": Resolver("ValidationError", "The alarm {value} does not exist.", _alarm),
    "log_group": Resolver(
        "ResourceNotFoundException",
        "The specified log group does not exist: {value}",
        log_group,
    ),
}
