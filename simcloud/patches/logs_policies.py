"""Resource policies and saved queries, as CloudWatch Logs answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.core.utils import unix_time_millis, utcnow
from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.models import LogsBackend
from moto.logs.responses import LogsResponse
from moto.moto_api._internal import mock_random

from simcloud.patches import adds, around


@around(LogsBackend)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: has policies of single log groups, and saved queries; moto: has neither."""
    original(self, *args, **given)
    self.policies_of_resources = {}
    self.query_definitions = {}


@around(LogsResponse)
def put_resource_policy(original: Any, self: Any) -> str:
    """AWS: a policy may be of one log group; moto: only of the account."""
    arn = self._get_param("resourceArn")
    if not arn:
        return str(original(self))
    group = arn.split(":log-group:", 1)[-1].removesuffix(":*")
    if group not in self.logs_backend.groups:
        raise ResourceNotFoundException
    policy = {
        "resourceArn": arn,
        "policyDocument": self._get_param("policyDocument"),
        "policyScope": "RESOURCE",
        "revisionId": str(mock_random.uuid4()),
        "lastUpdatedTime": int(unix_time_millis(utcnow())),
    }
    self.logs_backend.policies_of_resources[arn] = policy
    return json.dumps({"resourcePolicy": policy, "revisionId": policy["revisionId"]})


@around(LogsResponse)
def describe_resource_policies(original: Any, self: Any) -> str:
    """AWS: lists the account's policies, or a resource's if asked for; moto: the account's."""
    held = self.logs_backend.policies_of_resources
    if self._get_param("policyScope") != "RESOURCE":
        policies = json.loads(original(self))["resourcePolicies"]
        return json.dumps({"resourcePolicies": [{**policy, "policyScope": "ACCOUNT"} for policy in policies]})
    arn = self._get_param("resourceArn")
    return json.dumps(
        {"resourcePolicies": [policy for name, policy in held.items() if not arn or arn == name]}
    )


@around(LogsResponse)
def delete_resource_policy(original: Any, self: Any) -> str:
    """AWS: a policy may be of one log group; moto: only of the account."""
    arn = self._get_param("resourceArn")
    if not arn:
        return str(original(self))
    if self.logs_backend.policies_of_resources.pop(arn, None) is None:
        raise ResourceNotFoundException(msg=f"Policy of [{arn}] does not exist")
    return ""


@adds(LogsResponse)
def put_query_definition(self: Any) -> str:
    """AWS: saves a query; moto: not implemented."""
    held, identity = self.logs_backend.query_definitions, self._get_param("queryDefinitionId")
    if identity and identity not in held:
        raise ResourceNotFoundException(msg="The specified query definition does not exist.")
    identity = identity or str(mock_random.uuid4())
    held[identity] = {
        "queryDefinitionId": identity,
        "name": self._get_param("name"),
        "queryString": self._get_param("queryString"),
        "logGroupNames": self._get_param("logGroupNames") or [],
        "lastModified": int(unix_time_millis(utcnow())),
    }
    return json.dumps({"queryDefinitionId": identity})


@adds(LogsResponse)
def describe_query_definitions(self: Any) -> str:
    """AWS: lists saved queries; moto: not implemented."""
    prefix, held = (
        self._get_param("queryDefinitionNamePrefix") or "",
        self.logs_backend.query_definitions.values(),
    )
    return json.dumps({"queryDefinitions": [query for query in held if query["name"].startswith(prefix)]})


@adds(LogsResponse)
def delete_query_definition(self: Any) -> str:
    """AWS: forgets a saved query; moto: not implemented."""
    if self.logs_backend.query_definitions.pop(self._get_param("queryDefinitionId"), None) is None:
        raise ResourceNotFoundException(msg="The specified query definition does not exist.")
    return json.dumps({"success": True})
