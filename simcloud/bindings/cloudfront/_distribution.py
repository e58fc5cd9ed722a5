"""What a distribution is in the API's words and in the provider's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import StructureShape

from simcloud import shapes
from simcloud.binding import Params
from simcloud.context import Context
from simcloud.schema import schema_of
from simcloud.values import Props, Unknown, Value

TOKEN = "aws:cloudfront/distribution:Distribution"

MEMBERS: Mapping[str, str] = {
    "aliases": "Aliases",
    "anycastIpListId": "AnycastIpListId",
    "cacheTagConfig": "CacheTagConfig",
    "comment": "Comment",
    "connectionFunctionAssociation": "ConnectionFunctionAssociation",
    "continuousDeploymentPolicyId": "ContinuousDeploymentPolicyId",
    "customErrorResponses": "CustomErrorResponses",
    "defaultCacheBehavior": "DefaultCacheBehavior",
    "defaultRootObject": "DefaultRootObject",
    "enabled": "Enabled",
    "httpVersion": "HttpVersion",
    "isIpv6Enabled": "IsIPV6Enabled",
    "loggingConfig": "Logging",
    "orderedCacheBehaviors": "CacheBehaviors",
    "originGroups": "OriginGroups",
    "origins": "Origins",
    "priceClass": "PriceClass",
    "restrictions": "Restrictions",
    "staging": "Staging",
    "viewerCertificate": "ViewerCertificate",
    "viewerMtlsConfig": "ViewerMtlsConfig",
    "webAclId": "WebACLId",
}
_NAMES: shapes.Names = {
    "GeoRestriction": {"locations": "Items"},
    "LambdaFunctionAssociation": {"lambdaArn": "LambdaFunctionARN"},
    "Origin": {"originId": "Id"},
    "OriginCustomHeader": {"name": "HeaderName", "value": "HeaderValue"},
    "OriginGroup": {"originId": "Id"},
}
_ORIGIN_KINDS = ("customOriginConfig", "s3OriginConfig", "vpcOriginConfig")


def params(ctx: Context, new: Props, reference: str) -> Params:
    """The configuration as the provider sends it: with the defaults of nested blocks filled in."""
    said = {name: new[name] for name in MEMBERS if new.get(name) is not None}
    for name, fill in _FILLED.items():
        if name in said:
            said[name] = fill(said[name])
    shape = _shape(ctx)
    config = {
        MEMBERS[name]: shapes.params(shape.members[MEMBERS[name]], value, _NAMES)
        for name, value in said.items()
    }
    return {"CallerReference": reference, "Comment": "", **config}


def props(ctx: Context, config: Mapping[str, Any]) -> Props:
    """The properties that the API tells in `config`."""
    shape, schema = _shape(ctx), schema_of(TOKEN)
    found = {
        name: shapes.answered(schema, name, shape.members[api], config.get(api), _NAMES)
        for name, api in MEMBERS.items()
    }
    found["defaultCacheBehavior"] |= _cached_methods(config["DefaultCacheBehavior"])
    said = config["CacheBehaviors"].get("Items", [])
    found["orderedCacheBehaviors"] = [
        {**behaviour, **_cached_methods(item)}
        for behaviour, item in zip(found["orderedCacheBehaviors"] or [], said, strict=True)
    ]
    if not config.get("Logging", {}).get("Enabled"):
        found["loggingConfig"] = None
    return {name: value for name, value in found.items() if value not in ("", [])}


def _shape(ctx: Context) -> StructureShape:
    shape: StructureShape = ctx.client("cloudfront").meta.service_model.shape_for("DistributionConfig")
    return shape


def _cached_methods(behaviour: Mapping[str, Any]) -> Props:
    return {"cachedMethods": behaviour["AllowedMethods"]["CachedMethods"]["Items"]}


def _behaviour(given: Value) -> Value:
    """Methods in one structure, and «not compressed» said: the API would compress."""
    if isinstance(given, Unknown):
        return given
    rest = {key: value for key, value in given.items() if key not in ("allowedMethods", "cachedMethods")}
    methods = {"items": given["allowedMethods"], "cachedMethods": given["cachedMethods"]}
    ttls = {} if given.get("cachePolicyId") else {"minTtl": 0}
    return {"compress": False, **ttls, **rest, "allowedMethods": methods}


def _behaviours(given: Value) -> Value:
    return given if isinstance(given, Unknown) else [_behaviour(item) for item in given]


def _origins(given: Value) -> Value:
    return given if isinstance(given, Unknown) else [_origin(item) for item in given]


def _origin(given: Value) -> Value:
    """An origin of no kind is a bucket."""
    if isinstance(given, Unknown) or any(given.get(kind) for kind in _ORIGIN_KINDS):
        return given
    return {**given, "s3OriginConfig": {"originAccessIdentity": ""}}


def _certificate(given: Value) -> Value:
    if isinstance(given, Unknown):
        return given
    own = any(given.get(key) for key in ("acmCertificateArn", "iamCertificateId"))
    default = {} if own else {"cloudfrontDefaultCertificate": True}
    return {"minimumProtocolVersion": "TLSv1", **given, **default}


def _logging(given: Value) -> Value:
    return (
        given
        if isinstance(given, Unknown)
        else {"includeCookies": False, "prefix": "", **given, "enabled": True}
    )


_FILLED = {
    "defaultCacheBehavior": _behaviour,
    "orderedCacheBehaviors": _behaviours,
    "origins": _origins,
    "viewerCertificate": _certificate,
    "loggingConfig": _logging,
}
