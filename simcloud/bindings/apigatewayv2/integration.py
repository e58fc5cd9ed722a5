from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.apigatewayv2 import _integration_rules, _parts
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_MEMBERS = _api.members(
    (
        "apiId", "connectionId", "connectionType", "contentHandlingStrategy", "credentialsArn", "description",
        "integrationMethod", "integrationSubtype", "integrationType", "integrationUri", "passthroughBehavior",
        "payloadFormatVersion", "requestParameters", "requestTemplates", "templateSelectionExpression",
        "timeoutMilliseconds", "tlsConfig",
    ),
    {"timeoutMilliseconds": "TimeoutInMillis"},
    capital=True,
)  # fmt: skip
_NOTHING: Props = {"Description": "", "RequestParameters": {}, "RequestTemplates": {}, "CredentialsArn": ""}


class Integration(Binding):
    """What an API's routes lead to."""

    token = "aws:apigatewayv2/integration:Integration"
    service = "apigatewayv2"
    operation = "create_integration"
    parameters = {member: name for name, member in _MEMBERS.items()}
    replaces = frozenset({"apiId", "integrationSubtype", "integrationType"})
    defaults = {"connectionType": "INTERNET", "payloadFormatVersion": "1.0"}
    references = (Reference("apiId", "http_api"), Reference("credentialsArn", "role"))

    def request(self, ctx: Context, new: Props) -> Params:
        said = _api.said(ctx, "apigatewayv2", "CreateIntegration", new, _MEMBERS)
        answers = _answers(new.get("responseParameters"))
        return {**said, **({"ResponseParameters": answers} if answers is not None else {})}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["IntegrationId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            said = _parts.changes(self.request(ctx, old), self.request(ctx, new), _NOTHING)
            ctx.client("apigatewayv2").update_integration(
                **{**said, "ApiId": new["apiId"], "IntegrationId": identity}
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("apigatewayv2").get_integration(
            ApiId=given["apiId"], IntegrationId=_parts.part_of(identity)
        )
        names = {here: there for here, there in _MEMBERS.items() if here != "apiId"}
        told = _api.found(ctx, self.token, "apigatewayv2", "Integration", found, names)
        return {
            **{key: value if value not in ({}, "") else None for key, value in told.items()},
            "apiId": given["apiId"],
            "integrationResponseSelectionExpression": found.get("IntegrationResponseSelectionExpression")
            or "",
            "responseParameters": [
                {"statusCode": status, "mappings": mappings}
                for status, mappings in (found.get("ResponseParameters") or {}).items()
            ]
            or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("apigatewayv2").delete_integration(ApiId=old["apiId"], IntegrationId=identity)

    def import_id(self, identity: str) -> Props:
        return _parts.api_of(identity)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _parts.part_of(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _integration_rules.problems(new, _parts.protocol(ctx, new["apiId"]))

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _integration_rules.problems(new, _parts.protocol(ctx, new["apiId"]))


def _answers(given: Value) -> Value:
    if not isinstance(given, list):
        return given
    return {item["statusCode"]: item["mappings"] for item in given if isinstance(item, dict)}
