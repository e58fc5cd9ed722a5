"""What a web ACL is in the API's words and in the provider's; what a rule group has in common with it is public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import StructureShape

from simcloud import shapes
from simcloud.binding import Params
from simcloud.context import Context
from simcloud.schema import schema_of
from simcloud.values import Props, Unknown, Value, as_document, without_none

TOKEN = "aws:wafv2/webAcl:WebAcl"

_ALIKE = {
    "defaultAction": "DefaultAction",
    "visibilityConfig": "VisibilityConfig",
    "captchaConfig": "CaptchaConfig",
    "challengeConfig": "ChallengeConfig",
    "dataProtectionConfig": "DataProtectionConfig",
    "monetizationConfig": "MonetizationConfig",
    "tokenDomains": "TokenDomains",
}


def params(ctx: Context, new: Props) -> Params:
    """What creating and updating have in common."""
    shape = _shape(ctx)
    return without_none(
        {
            "Name": new["name"],
            "Scope": new["scope"],
            "Description": new.get("description"),
            **{
                api: shapes.params(shape.members[api], new[name])
                for name, api in _ALIKE.items()
                if new.get(name) is not None
            },
            "Rules": rules(shape, new, new.get("ruleJson")),
            "CustomResponseBodies": bodies(new.get("customResponseBodies")),
            "AssociationConfig": _association(new.get("associationConfig")),
        }
    )


def props(ctx: Context, acl: Mapping[str, Any]) -> Props:
    """The properties that the API tells of `acl`."""
    shape, schema = _shape(ctx), schema_of(TOKEN)
    return {
        "name": acl["Name"],
        "description": acl.get("Description") or None,
        **{
            name: shapes.answered(schema, name, shape.members[api], acl.get(api))
            for name, api in _ALIKE.items()
        },
        "rules": shapes.answered(schema, "rules", shape.members["Rules"], acl.get("Rules", [])),
        "customResponseBodies": answered_bodies(acl),
        "associationConfig": _answered_association(acl.get("AssociationConfig")),
    }


def _shape(ctx: Context) -> StructureShape:
    shape: StructureShape = ctx.client("wafv2").meta.service_model.operation_model("CreateWebACL").input_shape
    return shape


def rules(shape: StructureShape, new: Props, text: Value) -> Value:
    """The API's rules, out of the JSON `text` if there is one."""
    if text is not None:
        return _of_json(text)
    given = new.get("rules") or []
    filled = given if isinstance(given, Unknown) else [_with_defaults(rule) for rule in given]
    return shapes.params(shape.members["Rules"], filled)


def _of_json(text: Value) -> Value:
    """Rules in the API's own words. What is no list of them is left to `_rules.problems`."""
    rules = None if isinstance(text, Unknown) else as_document(text)
    return rules if isinstance(rules, list) else []


def _with_defaults(rule: Value) -> Value:
    """What the provider says where the program does not."""
    statement = rule.get("statement") if isinstance(rule, Mapping) else None
    rate = statement.get("rateBasedStatement") if isinstance(statement, Mapping) else None
    if not isinstance(rate, Mapping) or not isinstance(statement, Mapping):
        return rule
    filled = {"aggregateKeyType": "IP", "evaluationWindowSec": 300, **rate}
    return {**rule, "statement": {**statement, "rateBasedStatement": filled}}


def bodies(given: Value) -> Value:
    """Custom response bodies as the API has them."""
    if isinstance(given, Unknown):
        return given
    if not given:
        return None
    return {body["key"]: {"Content": body["content"], "ContentType": body["contentType"]} for body in given}


def answered_bodies(found: Mapping[str, Any]) -> list[Props]:
    """Custom response bodies as the provider has them."""
    return [
        {"key": key, "content": body["Content"], "contentType": body["ContentType"]}
        for key, body in (found.get("CustomResponseBodies") or {}).items()
    ]


_BODY_KINDS = {
    "apiGateway": "API_GATEWAY",
    "appRunnerService": "APP_RUNNER_SERVICE",
    "cloudfront": "CLOUDFRONT",
    "cognitoUserPool": "COGNITO_USER_POOL",
    "verifiedAccessInstance": "VERIFIED_ACCESS_INSTANCE",
}


def _association(given: Value) -> Value:
    if isinstance(given, Unknown):
        return given
    if not given:
        return None
    limits = {
        _BODY_KINDS[kind]: {"DefaultSizeInspectionLimit": limit["defaultSizeInspectionLimit"]}
        for body in given.get("requestBodies") or []
        for kind, limit in body.items()
    }
    return {"RequestBody": limits}


def _answered_association(found: Mapping[str, Any] | None) -> Value:
    limits = (found or {}).get("RequestBody")
    if not limits:
        return None
    kinds = {api: kind for kind, api in _BODY_KINDS.items()}
    return {
        "requestBodies": [
            {
                kinds[api]: {"defaultSizeInspectionLimit": limit["DefaultSizeInspectionLimit"]}
                for api, limit in limits.items()
            }
        ]
    }
