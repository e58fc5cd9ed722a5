from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class QueryDefinition(Binding):
    """A saved query of CloudWatch Logs Insights."""

    token = "aws:cloudwatch/queryDefinition:QueryDefinition"
    service = "logs"
    operation = "put_query_definition"
    autoname = AutoName(limit=255)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({name: new.get(name) for name in ("name", "queryString", "logGroupNames")})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["queryDefinitionId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("logs").put_query_definition(queryDefinitionId=identity, **self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        identity = identity.rsplit(":", 1)[-1]
        found = ctx.client("logs").describe_query_definitions()["queryDefinitions"]
        query = next((item for item in found if item["queryDefinitionId"] == identity), None)
        if query is None:
            return None
        return {
            "arn": ctx.arn("logs", f"query-definition:{identity}"),
            "name": query["name"],
            "queryDefinitionId": identity,
            "queryString": query["queryString"],
            "logGroupNames": query.get("logGroupNames") or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_query_definition(queryDefinitionId=identity)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["queryDefinitionId"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: PutQueryDefinition, CloudWatch Logs API reference: «logGroupNames»: 50 items; from memory of AWS's
        # documentation, not verified.
        groups, name = new.get("logGroupNames"), new["name"]
        if isinstance(groups, list) and len(groups) > 50:
            yield Refusal(
                "InvalidParameterException",
                f"{len(groups)} log groups; a query has 50 at most.",
                "logGroupNames",
            )
        if isinstance(name, str) and (name.startswith("/") or name.endswith("/") or "//" in name):
            yield Refusal(
                "InvalidParameterException",
                f"name {name!r}: slashes make folders, so none may begin, end or be empty.",
                "name",
            )
