"""Distributions, access controls and functions as CloudFront keeps them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from moto.cloudfront import urls
from moto.cloudfront.exceptions import CloudFrontException, NoSuchFunctionExists, NoSuchOriginAccessControl
from moto.cloudfront.models import (
    CloudFrontBackend,
    CloudFrontFunction,
    Distribution,
    DistributionConfig,
    random_id,
)
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult
from moto.core.utils import utcnow

from simcloud.patches import adds, around

_CUSTOM_ORIGIN = {"OriginReadTimeout": 30, "OriginKeepaliveTimeout": 5}
_LEGACY = ("forwarded_values", "min_ttl", "default_ttl", "max_ttl")


@around(DistributionConfig)
def __init__(original: Any, self: Any, config: dict[str, Any]) -> None:
    """AWS: what was said is kept; moto: access controls, functions and kinds of origins are lost."""
    said = copy.deepcopy(config)
    original(self, config)
    for origin, given in zip(self.Origins["Items"], said["Origins"]["Items"], strict=True):
        vars(origin).update(given)
        if "CustomOriginConfig" in given:
            origin.CustomOriginConfig = {**_CUSTOM_ORIGIN, **given["CustomOriginConfig"]}
    behaviours = said.get("CacheBehaviors", {}).get("Items") or []
    _keep_behaviour(self.DefaultCacheBehavior, said["DefaultCacheBehavior"])
    for behaviour, given in zip(self.CacheBehaviors.get("Items") or [], behaviours, strict=True):
        _keep_behaviour(behaviour, given)
    certificate = self.ViewerCertificate
    if certificate.acm_certificate_arn or certificate.iam_certificate_id:
        certificate.cloud_front_default_certificate = False
        certificate.certificate = certificate.acm_certificate_arn or certificate.iam_certificate_id
        certificate.certificate_source = "acm" if certificate.acm_certificate_arn else "iam"


def _keep_behaviour(behaviour: Any, given: Mapping[str, Any]) -> None:
    if given.get("CachePolicyId"):
        for name in _LEGACY:
            vars(behaviour).pop(name, None)
    kept = (
        "FunctionAssociations",
        "LambdaFunctionAssociations",
        "GrpcConfig",
        "OriginRequestPolicyId",
        "RealtimeLogConfigArn",
        "TrustedKeyGroups",
    )
    vars(behaviour).update({name: given[name] for name in kept if name in given})


@around(CloudFrontBackend)
def create_distribution_with_tags(original: Any, self: Any, distribution_config: Any, tags: Any) -> Any:
    """AWS: an alternate name belongs to one distribution; moto: to any number."""
    _refuse_taken_names(self, distribution_config, "")
    made = original(self, distribution_config, tags)
    made[0].last_modified_time = _now()
    return made


@around(CloudFrontBackend)
def update_distribution(original: Any, self: Any, dist_config: Any, _id: str, if_match: Any) -> Any:
    """AWS: only who read last may write, and there is a new tag afterwards; moto: anyone, and the old one stays."""
    known = self.distributions.get(_id)
    if known is not None and if_match:
        _refuse_stale(known.etag, if_match)
        _refuse_taken_names(self, dist_config, _id)
    distribution, location, _ = original(self, dist_config, _id, if_match)
    distribution.etag, distribution.last_modified_time = random_id(), _now()
    return distribution, location, distribution.etag


@around(CloudFrontBackend)
def delete_distribution(original: Any, self: Any, distribution_id: str, if_match: Any) -> None:
    """AWS: an enabled distribution stays; moto: it goes."""
    known = self.distributions.get(distribution_id)
    if known is not None and if_match:
        _refuse_stale(known.etag, if_match)
        if vars(known.distribution_config)["Enabled"]:
            raise CloudFrontException(
                "DistributionNotDisabled", "The distribution you are trying to delete has not been disabled."
            )
    original(self, distribution_id, if_match)


def _refuse_stale(tag: str, given: str) -> None:
    if given != tag:
        raise CloudFrontException(
            "PreconditionFailed",
            "The precondition in one or more of the request fields evaluated to false: If-Match.",
        )


def _refuse_taken_names(backend: Any, config: Mapping[str, Any], own: str) -> None:
    names = set((config.get("Aliases") or {}).get("Items") or [])
    for identity, distribution in backend.distributions.items():
        taken = names & set(vars(distribution.distribution_config)["Aliases"].get("Items") or [])
        if taken and identity != own:
            raise CloudFrontException(
                "CNAMEAlreadyExists",
                "One or more of the CNAMEs you provided are already associated with a different resource: "
                f"{', '.join(sorted(taken))} with {identity}.",
            )


@around(CloudFrontBackend)
def create_origin_access_control(original: Any, self: Any, config_dict: Mapping[str, str]) -> Any:
    """AWS: a name is given once; moto: as often as one likes."""
    if config_dict.get("Name") in {control.name for control in self.origin_access_controls.values()}:
        raise CloudFrontException(
            "OriginAccessControlAlreadyExists",
            f"An origin access control with the name {config_dict['Name']} already exists.",
        )
    return original(self, config_dict)


@around(CloudFrontBackend)
def update_origin_access_control(original: Any, self: Any, control_id: str, config: Any) -> Any:
    """AWS: there is a new tag afterwards; moto: the old one stays."""
    control = original(self, control_id, config)
    control.etag = random_id()
    return control


@around(CloudFrontBackend)
def delete_origin_access_control(original: Any, self: Any, control_id: str) -> None:
    """AWS: an access control in use stays; moto: it goes, and a missing one is an internal error."""
    if control_id not in self.origin_access_controls:
        raise NoSuchOriginAccessControl
    for distribution in self.distributions.values():
        origins = vars(distribution.distribution_config)["Origins"]["Items"]
        if control_id in [vars(origin).get("OriginAccessControlId") for origin in origins]:
            raise CloudFrontException(
                "OriginAccessControlInUse",
                "Cannot delete the origin access control because it's in use by one or more distributions.",
            )
    original(self, control_id)


@around(CloudFrontResponse)
def describe_function(original: Any, self: Any) -> ActionResult:
    """AWS: what is live is another version than what is developed; moto: there is one."""
    if self._get_param("Stage") != "LIVE":
        answer: ActionResult = original(self)
        return answer
    live = _live(self.backend.describe_function(self._get_param("Name")))
    return ActionResult({"FunctionSummary": live.function_summary, "ETag": live.etag})


@around(CloudFrontResponse)
def get_function(original: Any, self: Any) -> ActionResult:
    """AWS: the code of the stage that was asked for; moto: the one code that there is."""
    if self._get_param("Stage") != "LIVE":
        answer: ActionResult = original(self)
        return answer
    live = _live(self.backend.get_function(self._get_param("Name")))
    return ActionResult(
        {"FunctionCode": live.code, "ETag": live.etag, "ContentType": "application/octet-stream"}
    )


@around(CloudFrontResponse)
def list_functions(original: Any, self: Any) -> ActionResult:
    """AWS: the functions of the stage that was asked for; moto: all."""
    if self._get_param("Stage") != "LIVE":
        answer: ActionResult = original(self)
        return answer
    live = [
        vars(function)["live"] for function in self.backend.functions.values() if vars(function).get("live")
    ]
    items = [function.function_summary for function in live]
    return ActionResult({"FunctionList": {"MaxItems": 100, "Quantity": len(items), "Items": items}})


@adds(CloudFrontResponse)
def update_function(self: Any) -> ActionResult:
    """AWS: changes the version in development; moto: does not know the call."""
    function = _matching(self)
    function.config = self._get_param("FunctionConfig", {})
    function.code = self._get_param("FunctionCode")
    function.status, function.etag, function.last_modified_time = "UNPUBLISHED", random_id(), utcnow()
    return ActionResult({"FunctionSummary": function.function_summary, "ETag": function.etag})


@adds(CloudFrontResponse)
def publish_function(self: Any) -> ActionResult:
    """AWS: makes the version in development live; moto: does not know the call."""
    function = _matching(self)
    function.status = "UNASSOCIATED"
    live = copy.copy(function)
    live.stage, live.etag, live.last_modified_time = "LIVE", random_id(), utcnow()
    vars(function)["live"] = live
    return ActionResult({"FunctionSummary": live.function_summary})


@around(CloudFrontBackend)
def delete_function(original: Any, self: Any, name: str, if_match: Any) -> None:
    """AWS: a function in use stays; moto: it goes."""
    function = self.describe_function(name)
    if any(function.arn in _function_arns(distribution) for distribution in self.distributions.values()):
        raise CloudFrontException(
            "FunctionInUse",
            "Cannot delete the function because it's attached to one or more cache behaviors.",
        )
    original(self, name, if_match)


def _function_arns(distribution: Distribution) -> list[str]:
    config: dict[str, Any] = vars(distribution.distribution_config)
    behaviours = [config["DefaultCacheBehavior"], *(config["CacheBehaviors"].get("Items") or [])]
    associations = [vars(behaviour).get("FunctionAssociations") or {} for behaviour in behaviours]
    return [item["FunctionARN"] for association in associations for item in association.get("Items") or []]


def _live(function: CloudFrontFunction) -> Any:
    live = vars(function).get("live")
    if live is None:
        raise NoSuchFunctionExists(function.name)
    return live


def _matching(response: Any) -> Any:
    """The function that the request names, if it is the version that the request knows."""
    function = response.backend.describe_function(response._get_param("Name"))
    if response._get_param("IfMatch") != function.etag:
        raise CloudFrontException(
            "InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource."
        )
    return function


def _now() -> str:
    return utcnow().strftime("%Y-%m-%dT%H:%M:%S.000Z")


urls.url_paths["{0}/2020-05-31/function/(?P<function_name>[^/]+)/publish$"] = CloudFrontResponse.dispatch
