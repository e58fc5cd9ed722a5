from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class LogStream(Binding):
    """A stream in a log group."""

    token = "aws:cloudwatch/logStream:LogStream"
    service = "logs"
    operation = "create_log_stream"
    parameters = {"logStreamName": "name"}
    replaces = frozenset({"name", "logGroupName"})
    autoname = AutoName(limit=512)
    references = (Reference("logGroupName", "log_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"logGroupName": new["logGroupName"], "logStreamName": new["name"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group = given["logGroupName"]
        found = ctx.client("logs").describe_log_streams(
            logGroupName=group, logStreamNamePrefix=given.get("name", identity)
        )["logStreams"]
        stream = next((item for item in found if item["logStreamName"] == given.get("name", identity)), None)
        if stream is None:
            return None
        return {"arn": stream["arn"], "name": stream["logStreamName"], "logGroupName": group}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_log_stream(logGroupName=old["logGroupName"], logStreamName=identity)

    def import_id(self, identity: str) -> Props:
        group, _, name = identity.partition(":")
        return {"logGroupName": group, "name": name}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["name"])
