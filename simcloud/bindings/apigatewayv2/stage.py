from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.apigatewayv2 import _parts
from simcloud.bindings.apigatewayv2._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_MEMBERS = _api.members(
    (
        "accessLogSettings", "apiId", "autoDeploy", "clientCertificateId", "defaultRouteSettings", "deploymentId",
        "description", "name", "stageVariables",
    ),
    {"name": "StageName"},
    capital=True,
)  # fmt: skip
_NOTHING: Props = {
    "AccessLogSettings": {},
    "DefaultRouteSettings": {},
    "Description": "",
    "RouteSettings": {},
    "StageVariables": {},
}
_NAME = re.compile(r"\$default|[A-Za-z0-9_-]{1,128}")


class Stage(Binding):
    """A name under which a deployment of an API can be called."""

    token = "aws:apigatewayv2/stage:Stage"
    service = "apigatewayv2"
    operation = "create_stage"
    parameters = {member: name for name, member in _MEMBERS.items()}
    replaces = frozenset({"apiId", "name"})
    defaults = {"autoDeploy": False}
    autoname = AutoName(limit=128)
    tagging = TAGS
    references = (Reference("apiId", "http_api"), Reference("accessLogSettings.destinationArn", "log_group"))
    faults = {"ConflictException": "name"}

    def request(self, ctx: Context, new: Props) -> Params:
        settings = _routes(ctx, new.get("routeSettings"))
        said = _api.said(ctx, "apigatewayv2", "CreateStage", new, _MEMBERS)
        return {**said, **({"RouteSettings": settings} if settings is not None else {})}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["StageName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            said = _parts.changes(self.request(ctx, old), self.request(ctx, new), _NOTHING)
            ctx.client("apigatewayv2").update_stage(**{**said, "ApiId": new["apiId"], "StageName": identity})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        api, name = given["apiId"], _parts.part_of(identity)
        found = ctx.client("apigatewayv2").get_stage(ApiId=api, StageName=name)
        names = {here: there for here, there in _MEMBERS.items() if here != "apiId"}
        told = _api.found(ctx, self.token, "apigatewayv2", "Stage", found, names)
        endpoint = ctx.client("apigatewayv2").get_api(ApiId=api)
        scheme = "wss" if endpoint["ProtocolType"] == "WEBSOCKET" else "https"
        host = f"{scheme}://{api}.execute-api.{ctx.region}.amazonaws.com"
        return {
            **{key: value if value not in ({}, "") else None for key, value in told.items()},
            "apiId": api,
            "autoDeploy": bool(found.get("AutoDeploy")),
            "deploymentId": found.get("DeploymentId", ""),
            "routeSettings": _routes_found(found.get("RouteSettings")),
            "arn": f"arn:{ctx.partition}:apigateway:{ctx.region}::/apis/{api}/stages/{name}",
            "executionArn": f"{ctx.arn('execute-api', api)}/{name}",
            "invokeUrl": f"{host}/" if name == "$default" else f"{host}/{name}",
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("apigatewayv2").delete_stage(ApiId=old["apiId"], StageName=identity)

    def import_id(self, identity: str) -> Props:
        return _parts.api_of(identity)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _parts.part_of(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateStage, API Gateway V2 API Reference; from memory of it, not verified.
        name = new["name"]
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield Refusal(
                "BadRequestException",
                f"the name {name!r} is $default, or of letters, digits, - and _.",
                "name",
            )
        if new["autoDeploy"] is True and new.get("deploymentId") is not None:
            yield Refusal(
                "BadRequestException", "a stage that deploys by itself takes no deployment.", "deploymentId"
            )
        kind, settings = _parts.protocol(ctx, new["apiId"]), new.get("defaultRouteSettings")
        for option in ("dataTraceEnabled", "loggingLevel"):
            if (
                kind == "HTTP"
                and isinstance(settings, dict)
                and settings.get(option) not in (None, False, "OFF")
            ):
                yield Refusal(
                    "BadRequestException",
                    f"{option} is for WebSocket APIs only.",
                    f"defaultRouteSettings.{option}",
                )


def _routes(ctx: Context, given: Value) -> Value:
    """The provider's list as the API's map."""
    if not isinstance(given, list):
        return given
    rest = [{name: value for name, value in item.items() if name != "routeKey"} for item in given]
    shaped = [
        _api.said(ctx, "apigatewayv2", "CreateStage", {"one": item}, {"one": "DefaultRouteSettings"})
        for item in rest
    ]
    return {item["routeKey"]: said["DefaultRouteSettings"] for item, said in zip(given, shaped, strict=True)}


def _routes_found(found: Mapping[str, Any] | None) -> list[Props] | None:
    return [
        {"routeKey": key, **{name[:1].lower() + name[1:]: value for name, value in settings.items()}}
        for key, settings in (found or {}).items()
    ] or None
