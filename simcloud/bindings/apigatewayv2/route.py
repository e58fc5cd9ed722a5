from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.apigatewayv2 import _parts
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_MEMBERS = _api.members(
    (
        "apiId", "apiKeyRequired", "authorizationScopes", "authorizationType", "authorizerId",
        "modelSelectionExpression", "operationName", "requestModels", "routeKey", "routeResponseSelectionExpression",
        "target",
    ),
    {},
    capital=True,
)  # fmt: skip
_NOTHING: Props = {
    "AuthorizationScopes": [],
    "AuthorizerId": "",
    "ModelSelectionExpression": "",
    "OperationName": "",
    "RequestModels": {},
    "RequestParameters": {},
    "Target": "",
}
_HTTP_KEY = re.compile(r"\$default|(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|ANY) /\S*")
_TARGET = re.compile(r"integrations/[A-Za-z0-9]+")


class Route(Binding):
    """Which requests of an API lead to which integration."""

    token = "aws:apigatewayv2/route:Route"
    service = "apigatewayv2"
    operation = "create_route"
    parameters = {member: name for name, member in _MEMBERS.items()}
    replaces = frozenset({"apiId"})
    defaults = {"apiKeyRequired": False, "authorizationType": "NONE"}
    references = (Reference("apiId", "http_api"),)
    faults = {"ConflictException": "routeKey", "NotFoundException": "target"}

    def request(self, ctx: Context, new: Props) -> Params:
        said = _api.said(ctx, "apigatewayv2", "CreateRoute", new, _MEMBERS)
        given = _parameters(new.get("requestParameters"))
        return {**said, **({"RequestParameters": given} if given is not None else {})}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["RouteId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            said = _parts.changes(self.request(ctx, old), self.request(ctx, new), _NOTHING)
            ctx.client("apigatewayv2").update_route(**{**said, "ApiId": new["apiId"], "RouteId": identity})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("apigatewayv2").get_route(ApiId=given["apiId"], RouteId=_parts.part_of(identity))
        names = {here: there for here, there in _MEMBERS.items() if here != "apiId"}
        told = _api.found(ctx, self.token, "apigatewayv2", "Route", found, names)
        return {
            **{key: value if value not in ({}, "", []) else None for key, value in told.items()},
            "apiId": given["apiId"],
            "apiKeyRequired": bool(found.get("ApiKeyRequired")),
            "authorizationType": found.get("AuthorizationType") or "NONE",
            "requestParameters": [
                {"requestParameterKey": key, "required": settings.get("Required", False)}
                for key, settings in (found.get("RequestParameters") or {}).items()
            ]
            or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("apigatewayv2").delete_route(ApiId=old["apiId"], RouteId=identity)

    def import_id(self, identity: str) -> Props:
        return _parts.api_of(identity)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _parts.part_of(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _problems(new, _parts.protocol(ctx, new["apiId"]))

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _problems(new, _parts.protocol(ctx, new["apiId"]))


# AWS: CreateRoute, API Gateway V2 API Reference; from memory of AWS's documentation, not verified.
def _problems(new: Props, protocol: str | None) -> Iterator[Refusal]:
    key, target, kind = new["routeKey"], new.get("target"), new["authorizationType"]
    if protocol == "HTTP" and isinstance(key, str) and not _HTTP_KEY.fullmatch(key):
        yield Refusal(
            "BadRequestException",
            f"The provided route key {key!r} is not formatted properly for HTTP protocol: «GET /path» or $default.",
            "routeKey",
        )
    if isinstance(target, str) and not _TARGET.fullmatch(target):
        yield Refusal("BadRequestException", f"{target!r} is not of the form integrations/<id>.", "target")
    if kind in ("JWT", "CUSTOM") and new.get("authorizerId") is None:
        yield Refusal("BadRequestException", f"{kind} needs an authorizerId.", "authorizerId")
    if isinstance(kind, str) and kind != "JWT" and new.get("authorizationScopes"):
        yield Refusal(
            "BadRequestException", "Scopes are not allowed without a JWT authorizer.", "authorizationScopes"
        )
    if protocol == "WEBSOCKET" and kind == "JWT":
        yield Refusal("BadRequestException", "WebSocket APIs have no JWT authorization.", "authorizationType")
    if protocol == "HTTP" and new["apiKeyRequired"] is True:
        yield Refusal("BadRequestException", "API keys are for WebSocket APIs only.", "apiKeyRequired")


def _parameters(given: Value) -> Value:
    if not isinstance(given, list):
        return given
    return {
        item["requestParameterKey"]: {"Required": item["required"]}
        for item in given
        if isinstance(item, dict)
    }
