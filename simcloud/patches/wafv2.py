"""Firewalls as WAF keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from moto.backends import get_backend
from moto.wafv2.exceptions import WAFv2ClientError, WAFV2DuplicateItemException
from moto.wafv2.models import GLOBAL_REGION, WAFV2Backend
from moto.wafv2.responses import WAFV2Response

from simcloud.bindings.wafv2 import _capacity
from simcloud.patches import adds, around


@around(WAFV2Backend)
def associate_web_acl(original: Any, self: Any, web_acl_arn: str, resource_arn: str) -> None:
    """AWS: a resource has one web ACL; moto: any number."""
    if web_acl_arn in self.wacls:
        self.disassociate_web_acl(resource_arn)
    original(self, web_acl_arn, resource_arn)


@around(WAFV2Backend)
def create_web_acl(original: Any, self: Any, *settings: Any) -> Any:
    """AWS: the rules need capacity, of which there is so much; moto: three units whatever they are."""
    rules = settings[6]
    needed = _needed(self, rules)
    acl = original(self, *settings)
    acl.capacity = needed
    return acl


@around(WAFV2Backend)
def update_web_acl(original: Any, self: Any, name: str, _id: str, *settings: Any) -> str:
    """AWS: what is left out is gone afterwards; moto: it stays."""
    needed = _needed(self, settings[1] or [])
    token: str = original(self, name, _id, *settings)
    acl = self.get_web_acl(None, name, _id)
    _, rules, description, _, _, bodies, captcha, challenge, domains, association = settings
    acl.rules, acl.capacity = acl.rules if rules else [], needed
    acl.description = description or ""
    acl.custom_response_bodies, acl.captcha_config, acl.challenge_config = bodies, captcha, challenge
    acl.token_domains, acl.association_config = domains, association
    return token


@around(WAFV2Backend)
def delete_web_acl(original: Any, self: Any, name: str, scope: str, _id: str, lock_token: str) -> None:
    """AWS: a web ACL in use stays, and its logging goes with it; moto: the other way round."""
    acl = self.get_web_acl(None, name, _id)
    if acl.associated_resources or (scope == "CLOUDFRONT" and _distributions(self, acl.arn)):
        raise WAFv2ClientError(
            "WAFAssociatedItemException",
            "AWS WAF couldn’t perform the operation because your resource is being used by another resource or "
            "it’s associated with another resource.",
        )
    original(self, name, scope, _id, lock_token)
    region = "us-east-1" if scope == "CLOUDFRONT" else self.region_name
    get_backend("wafv2")[self.account_id][region].logging_configurations.pop(acl.arn, None)


@around(WAFV2Backend)
def create_ip_set(original: Any, self: Any, name: str, scope: str, *settings: Any) -> Any:
    """AWS: a name is given once; moto: as often as one likes."""
    if any((known.name, known.scope) == (name, scope) for known in self.ip_sets.values()):
        raise WAFV2DuplicateItemException
    return original(self, name, scope, *settings)


@around(WAFV2Response)
def get_web_acl(original: Any, self: Any) -> Any:
    """AWS: an ARN says that an ACL is global; moto: only the scope does."""
    if ":global/" in (self._get_param("ARN") or ""):
        self.region = GLOBAL_REGION
    return original(self)


@adds(WAFV2Response)
def list_resources_for_web_acl(self: Any) -> str:
    """AWS: lists what a regional web ACL protects; moto: does not know the call."""
    acl = self.wafv2_backend.get_web_acl(self._get_param("WebACLArn"), None, None)
    wanted = {"APPLICATION_LOAD_BALANCER": ":loadbalancer/app/", "API_GATEWAY": ":/restapis/"}
    kind = wanted.get(self._get_param("ResourceType") or "APPLICATION_LOAD_BALANCER", "?")
    return json.dumps({"ResourceArns": [arn for arn in acl.associated_resources if kind in arn]})


@adds(WAFV2Response)
def check_capacity(self: Any) -> str:
    """AWS: tells what rules would need; moto: does not know the call."""
    return json.dumps({"Capacity": _needed(self.wafv2_backend, json.loads(self.body)["Rules"])})


def _needed(self: Any, rules: Sequence[Mapping[str, Any]]) -> int:
    groups = {arn: group.capacity for arn, group in self.rule_groups.items()}
    needed = _capacity.of_rules(rules, groups)
    if needed > _capacity.LIMIT:
        raise WAFv2ClientError(
            "WAFLimitsExceededException",
            "AWS WAF couldn’t perform the operation because you exceeded your resource limit: the rules need "
            f"{needed} WCU, {_capacity.LIMIT} are allowed.",
        )
    return needed


def _distributions(self: Any, arn: str) -> list[Any]:
    known = get_backend("cloudfront")[self.account_id]["aws"].distributions.values()
    return [item for item in known if vars(item.distribution_config).get("WebACLId") == arn]
