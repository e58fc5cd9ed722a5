from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class QueryLog(Binding):
    """What a public zone is asked, written into a log group."""

    token = "aws:route53/queryLog:QueryLog"
    service = "route53"
    operation = "create_query_logging_config"
    parameters = {"HostedZoneId": "zoneId", "CloudWatchLogsLogGroupArn": "cloudwatchLogGroupArn"}
    replaces = frozenset({"zoneId", "cloudwatchLogGroupArn"})
    faults = {
        "InsufficientCloudWatchLogsResourcePolicy": "cloudwatchLogGroupArn",
        "InvalidInput": "zoneId",
        "QueryLoggingConfigAlreadyExists": "zoneId",
    }
    references = (Reference("zoneId", "hosted_zone"), Reference("cloudwatchLogGroupArn", "query_log_group"))
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "HostedZoneId": new["zoneId"],
            "CloudWatchLogsLogGroupArn": new["cloudwatchLogGroupArn"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["QueryLoggingConfig"]["Id"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("route53").get_query_logging_config(Id=identity)["QueryLoggingConfig"]
        return {
            "arn": ctx.arn("route53", f"queryloggingconfig/{identity}", regional=False, account=False),
            "cloudwatchLogGroupArn": found["CloudWatchLogsLogGroupArn"],
            "zoneId": found["HostedZoneId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("route53").delete_query_logging_config(Id=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateQueryLoggingConfig, Route 53 API reference (botocore 1.44.5), read 2026-11.
        arn = new["cloudwatchLogGroupArn"]
        if isinstance(arn, str) and not arn.startswith(ctx.arn("logs", "log-group:")):
            yield Refusal(
                "InvalidInput",
                f"{arn} is not the ARN of a log group of this account in us-east-1.",
                "cloudwatchLogGroupArn",
                'make the group with region="us-east-1".',
            )
