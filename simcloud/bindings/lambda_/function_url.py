from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.lambda_ import _names
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_MEMBERS = {
    "authorizationType": "AuthType",
    "cors": "Cors",
    "functionName": "FunctionName",
    "invokeMode": "InvokeMode",
    "qualifier": "Qualifier",
}


class FunctionUrl(Binding):
    """An address at which a function, or an alias of it, can be called."""

    token = "aws:lambda/functionUrl:FunctionUrl"
    service = "lambda"
    operation = "create_function_url_config"
    parameters = {member: name for name, member in _MEMBERS.items()}
    replaces = frozenset({"functionName", "qualifier"})
    defaults = {"invokeMode": "BUFFERED"}
    references = (Reference("functionName", "lambda_function"),)
    faults = {"ResourceConflictException": "functionName", "ResourceNotFoundException": "qualifier"}

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "lambda", "CreateFunctionUrlConfig", new, _MEMBERS)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        name = _names.name_of(new["functionName"])
        return f"{name}/{new['qualifier']}" if new.get("qualifier") else name

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            request = {"Cors": {}, **self.request(ctx, new)}
            ctx.client("lambda").update_function_url_config(**request)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("lambda").get_function_url_config(**_target(identity))
        told = _api.found(
            ctx, self.token, "lambda", "GetFunctionUrlConfigResponse", found,
            {name: _MEMBERS[name] for name in ("authorizationType", "cors", "invokeMode")},
        )  # fmt: skip
        return {
            **told,
            "cors": told["cors"] or None,
            "functionName": _names.same(given.get("functionName"), identity.split("/", maxsplit=1)[0]),
            "qualifier": identity.partition("/")[2] or None,
            "functionArn": found["FunctionArn"],
            "functionUrl": found["FunctionUrl"],
            "urlId": (urlsplit(found["FunctionUrl"]).hostname or "").split(".")[0],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("lambda").delete_function_url_config(**_target(identity))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateFunctionUrlConfig, Lambda API Reference; from memory of AWS's documentation, not verified.
        if new.get("qualifier") == "$LATEST":
            yield Refusal(
                "ValidationException",
                "an address is the function's or an alias's, not $LATEST's.",
                "qualifier",
            )
        cors = new.get("cors")
        if isinstance(cors, dict):
            origins = cors.get("allowOrigins")
            if cors.get("allowCredentials") is True and isinstance(origins, list) and "*" in origins:
                yield Refusal(
                    "ValidationException",
                    "allowCredentials does not go with the origin *.",
                    "cors.allowOrigins",
                )


def _target(identity: str) -> Params:
    name, _, qualifier = identity.partition("/")
    return {"FunctionName": name, **({"Qualifier": qualifier} if qualifier else {})}
