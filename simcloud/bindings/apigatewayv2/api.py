from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.apigatewayv2 import _parts
from simcloud.bindings.apigatewayv2._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_CHANGEABLE = _api.members(
    (
        "apiKeySelectionExpression", "corsConfiguration", "credentialsArn", "description", "disableExecuteApiEndpoint",
        "ipAddressType", "name", "routeKey", "routeSelectionExpression", "target", "version",
    ),
    {},
    capital=True,
)  # fmt: skip
_NAMES = {**_CHANGEABLE, "protocolType": "ProtocolType"}
_TOLD = (
    "apiKeySelectionExpression", "corsConfiguration", "description", "disableExecuteApiEndpoint", "ipAddressType",
    "name", "protocolType", "routeSelectionExpression", "version",
)  # fmt: skip


class Api(Binding):
    """An HTTP or WebSocket API."""

    token = "aws:apigatewayv2/api:Api"
    service = "apigatewayv2"
    operation = "create_api"
    parameters = {member: name for name, member in _NAMES.items()}
    replaces = frozenset({"protocolType"})
    defaults = {
        "apiKeySelectionExpression": "$request.header.x-api-key",
        "disableExecuteApiEndpoint": False,
        "routeSelectionExpression": "$request.method $request.path",
    }
    autoname = AutoName(limit=128)
    tagging = TAGS
    references = (Reference("credentialsArn", "role"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "apigatewayv2", "CreateApi", new, _NAMES)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["ApiId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        client = ctx.client("apigatewayv2")
        if new.get("body") is not None and new["body"] != old.get("body"):
            client.reimport_api(
                ApiId=identity, Body=new["body"], FailOnWarnings=bool(new.get("failOnWarnings"))
            )
        if not old:
            return
        before, after = (
            _api.said(ctx, "apigatewayv2", "UpdateApi", props, _CHANGEABLE) for props in (old, new)
        )
        if old.get("corsConfiguration") is not None and new.get("corsConfiguration") is None:
            client.delete_cors_configuration(ApiId=identity)
        said = _parts.changes(before, after, {"Description": "", "Version": ""})
        if said:
            client.update_api(ApiId=identity, **said)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("apigatewayv2").get_api(ApiId=identity)
        names = {name: _NAMES[name] for name in _TOLD}
        told = _api.found(ctx, self.token, "apigatewayv2", "Api", found, names)
        return {
            **told,
            "corsConfiguration": told["corsConfiguration"] or None,
            "description": told["description"] or None,
            "version": told["version"] or None,
            "apiEndpoint": found["ApiEndpoint"].replace("https:", "wss:")
            if found["ProtocolType"] == "WEBSOCKET"
            else found["ApiEndpoint"],
            "arn": f"arn:{ctx.partition}:apigateway:{ctx.region}::/apis/{identity}",
            "executionArn": ctx.arn("execute-api", identity),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("apigatewayv2").delete_api(ApiId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateApi, API Gateway V2 API Reference; from memory of it, not verified.
        cors, kind = new.get("corsConfiguration"), new["protocolType"]
        if kind == "WEBSOCKET" and cors is not None:
            yield Refusal(
                "BadRequestException", "WebSocket APIs have no CORS configuration.", "corsConfiguration"
            )
        if (
            kind == "WEBSOCKET"
            and new["routeSelectionExpression"] == self.defaults["routeSelectionExpression"]
        ):
            yield Refusal(
                "BadRequestException",
                "RouteSelectionExpression is required for APIs with protocol type WEBSOCKET.",
                "routeSelectionExpression",
            )
        if kind == "WEBSOCKET" and (new.get("target") is not None or new.get("body") is not None):
            yield Refusal("BadRequestException", "quick create is for HTTP APIs.", "target")
        shared = cors if isinstance(cors, dict) else {}
        if shared.get("allowCredentials") is True and shared.get("allowOrigins") == ["*"]:
            yield Refusal(
                "BadRequestException",
                "allowCredentials does not go with the origin *.",
                "corsConfiguration.allowOrigins",
            )
        for name, most in (("name", 128), ("version", 64), ("description", 1024)):
            value = new.get(name)
            if isinstance(value, str) and not 1 <= len(value) <= most:
                yield Refusal(
                    "BadRequestException", f"{name} has 1 to {most} characters, not {len(value)}.", name
                )
