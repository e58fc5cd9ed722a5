"""Security Hub as AWS answers it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from moto.securityhub import urls
from moto.securityhub.exceptions import SecurityHubClientError
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse

from simcloud.bindings.securityhub import _standards
from simcloud.patches import adds, around


@around(SecurityHubResponse)
def enable_security_hub(original: Any, self: Any) -> str:
    """AWS: refuses a second time, and subscribes to standards; moto: does neither."""
    backend, params = self.securityhub_backend, json.loads(self.body or "{}")
    if backend.enabled:
        raise SecurityHubClientError(
            "ResourceConflictException", "Account is already subscribed to Security Hub."
        )
    answer: str = original(self)
    backend.auto_enable = True
    backend.generator = params.get("ControlFindingGenerator", "SECURITY_CONTROL")
    named = _standards.defaults(backend.region_name) if params.get("EnableDefaultStandards", True) else ()
    backend.standards = {_subscription(backend, arn): arn for arn in named}
    return answer


@around(SecurityHubBackend)
def describe_hub(original: Any, self: Any, hub_arn: str | None = None) -> dict[str, Any]:
    """AWS: tells what was set; moto: always the same."""
    return {
        **original(self, hub_arn),
        "AutoEnableControls": self.auto_enable,
        "ControlFindingGenerator": self.generator,
    }


@around(SecurityHubBackend)
def disable_security_hub(original: Any, self: Any) -> dict[str, Any]:
    """AWS: the standards go with the hub; moto: has none."""
    answer: dict[str, Any] = original(self)
    self.standards = {}
    return answer


@adds(SecurityHubResponse)
def update_security_hub_configuration(self: Any) -> str:
    """AWS: changes the hub; moto: not implemented."""
    backend, params = _subscribed(self), json.loads(self.body)
    backend.auto_enable = params.get("AutoEnableControls", backend.auto_enable)
    backend.generator = params.get("ControlFindingGenerator", backend.generator)
    return "{}"


@adds(SecurityHubResponse)
def batch_enable_standards(self: Any) -> str:
    """AWS: subscribes to standards; moto: not implemented."""
    backend = _subscribed(self)
    wanted = [item["StandardsArn"] for item in json.loads(self.body)["StandardsSubscriptionRequests"]]
    for arn in wanted:
        if not _standards.is_known(arn, backend.region_name):
            raise SecurityHubClientError("InvalidInputException", f"Invalid StandardsArn: {arn}")
        backend.standards[_subscription(backend, arn)] = arn
    return _told(backend, [_subscription(backend, arn) for arn in wanted])


@adds(SecurityHubResponse)
def batch_disable_standards(self: Any) -> str:
    """AWS: ends subscriptions; moto: not implemented."""
    backend = _subscribed(self)
    ended = json.loads(self.body)["StandardsSubscriptionArns"]
    for arn in ended:
        if arn not in backend.standards:
            raise SecurityHubClientError("InvalidInputException", f"Invalid StandardsSubscriptionArn: {arn}")
    answer = _told(backend, ended, "DELETING")
    backend.standards = {arn: of for arn, of in backend.standards.items() if arn not in ended}
    return answer


@adds(SecurityHubResponse)
def get_enabled_standards(self: Any) -> str:
    """AWS: lists subscriptions; moto: not implemented."""
    backend, params = _subscribed(self), json.loads(self.body or "{}")
    named = params.get("StandardsSubscriptionArns")
    return _told(backend, [arn for arn in backend.standards if not named or arn in named])


@adds(SecurityHubResponse)
def describe_standards(self: Any) -> str:
    """AWS: lists the standards there are; moto: not implemented."""
    region = self.securityhub_backend.region_name
    default = _standards.defaults(region)
    listed = [
        {"StandardsArn": arn, "Name": name, "EnabledByDefault": arn in default}
        for arn, name in _standards.catalogue(region).items()
    ]
    return json.dumps({"Standards": listed})


def _told(backend: Any, arns: list[str], status: str = "READY") -> str:
    listed = [
        {
            "StandardsSubscriptionArn": arn,
            "StandardsArn": backend.standards[arn],
            "StandardsInput": {},
            "StandardsStatus": status,
        }
        for arn in arns
    ]
    return json.dumps({"StandardsSubscriptions": listed})


def _subscription(backend: Any, standard: str) -> str:
    name = re.split(r":(?:standards|ruleset)/", standard)[-1]
    return f"arn:aws:securityhub:{backend.region_name}:{backend.account_id}:subscription/{name}"


def _subscribed(response: Any) -> Any:
    backend = response.securityhub_backend
    backend.describe_hub()
    return backend


@adds(SecurityHubResponse)
def tag_resource(self: Any) -> str:
    """AWS: tags a hub; moto: not implemented."""
    _hub_tags(self).update(json.loads(self.body)["Tags"])
    return "{}"


@adds(SecurityHubResponse)
def untag_resource(self: Any) -> str:
    """AWS: untags a hub; moto: not implemented."""
    for name in self.querystring.get("tagKeys", []):
        _hub_tags(self).pop(name, None)
    return "{}"


@adds(SecurityHubResponse)
def list_tags_for_resource(self: Any) -> str:
    """AWS: lists a hub's tags; moto: not implemented."""
    return json.dumps({"Tags": _hub_tags(self)})


def _hub_tags(response: Any) -> dict[str, str]:
    backend = response.securityhub_backend
    backend.describe_hub(unquote(response.path).rsplit("/tags/", 1)[-1])
    tags: dict[str, str] = backend.tags
    return tags


for _path in ("standards", "standards/get", "standards/register", "standards/deregister", "tags/(?P<arn>.+)"):
    urls.url_paths[f"{{0}}/{_path}$"] = SecurityHubResponse.dispatch
