from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.lambda_ import _names
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAME = re.compile(r"(?!\d+$)[a-zA-Z0-9_-]+")


class Alias(Binding):
    """A name for a version of a function, or for two with a share each."""

    token = "aws:lambda/alias:Alias"
    service = "lambda"
    operation = "create_alias"
    parameters = {
        "Name": "name",
        "FunctionName": "functionName",
        "FunctionVersion": "functionVersion",
        "RoutingConfig": "routingConfig",
    }
    replaces = frozenset({"name", "functionName"})
    autoname = AutoName(limit=128)
    references = (Reference("functionName", "lambda_function"),)
    faults = {"ResourceConflictException": "name", "ResourceNotFoundException": "functionVersion"}

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Name": new["name"],
                "FunctionName": new["functionName"],
                "FunctionVersion": new["functionVersion"],
                "Description": new.get("description"),
                "RoutingConfig": _words.to_api(new.get("routingConfig"), {}),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["AliasArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            request = {"Description": "", "RoutingConfig": {}, **self.request(ctx, new)}
            ctx.client("lambda").update_alias(**request)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        function, name = _parts(identity)
        found = ctx.client("lambda").get_alias(FunctionName=function, Name=name)
        weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights")
        return {
            "arn": found["AliasArn"],
            "name": name,
            "functionName": _names.same(given.get("functionName"), function),
            "functionVersion": found["FunctionVersion"],
            "description": found.get("Description") or None,
            "invokeArn": _names.invoke_arn(ctx, found["AliasArn"]),
            "routingConfig": {"additionalVersionWeights": weights} if weights else None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        function, name = _parts(identity)
        ctx.client("lambda").delete_alias(FunctionName=function, Name=name)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["arn"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateAlias, Lambda API Reference; from memory of AWS's documentation, not verified.
        name, version = new["name"], new["functionVersion"]
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield Refusal(
                "ValidationException",
                f"{name!r} may hold letters, digits, - and _, and not digits only.",
                "name",
            )
        routing = new.get("routingConfig")
        weights = routing.get("additionalVersionWeights") if isinstance(routing, dict) else None
        if not weights or not isinstance(weights, dict):
            return
        path = "routingConfig.additionalVersionWeights"
        if len(weights) > 1:
            yield Refusal("InvalidParameterValueException", "only one additional version is allowed.", path)
        if version == "$LATEST" or "$LATEST" in weights:
            yield Refusal(
                "InvalidParameterValueException", "$LATEST is not supported in routing configuration.", path
            )
        for other, weight in weights.items():
            if other == version:
                yield Refusal(
                    "InvalidParameterValueException", f"the alias points to version {other} already.", path
                )
            if isinstance(weight, int | float) and not 0 <= weight <= 1:
                yield Refusal(
                    "InvalidParameterValueException", f"the weight {weight} is not 0.0 to 1.0.", path
                )


def _parts(identity: str) -> tuple[str, str]:
    """Function and alias, out of the ARN or of what an import says."""
    if identity.startswith("arn:"):
        function, _, name = identity.rsplit(":function:", maxsplit=1)[-1].partition(":")
    else:
        function, _, name = identity.partition("/")
    return function, name
