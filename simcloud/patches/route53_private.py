"""Query logs, delegation sets and VPCs of zones as Route 53 keeps them."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

from moto.backends import get_backend
from moto.core.exceptions import ServiceException
from moto.route53.models import Route53Backend

from simcloud.patches import around

# AWS: CreateQueryLoggingConfig, Route 53 API reference (botocore 1.44.5), read 2026-11.
_LOG_ACTIONS = {"logs:CreateLogStream", "logs:PutLogEvents"}


class InsufficientPolicy(ServiceException):
    """Route 53 may not write."""

    code = "InsufficientCloudWatchLogsResourcePolicy"


class DelegationSetInUse(ServiceException):
    """Zones have these name servers."""

    code = "DelegationSetInUse"


class ConflictingDomain(ServiceException):
    """The VPC has a zone of this name already."""

    code = "ConflictingDomainExists"


class InvalidInput(ServiceException):
    """It makes no sense."""

    code = "InvalidInput"


@around(Route53Backend)
def create_query_logging_config(original: Any, self: Any, hosted_zone_id: str, log_group_arn: str) -> Any:
    """AWS: takes a group's ARN, of a public zone, if a resource policy lets it write; moto: looks at no policy."""
    if self.get_hosted_zone(hosted_zone_id).private_zone:
        raise InvalidInput("Query logging is for public hosted zones.")
    bare = log_group_arn.removesuffix(":*")
    logs = get_backend("logs")[self.account_id]["us-east-1"]
    made = original(self, hosted_zone_id, f"{bare}:*")
    if not any(_lets_write(policy.policy_document, bare) for policy in logs.resource_policies.values()):
        self.query_logging_configs.pop(made.id)
        raise InsufficientPolicy(
            "The resource policy that you're using for Route 53 query logging doesn't grant Route 53 sufficient "
            f"permission to create a log stream in the log group {bare}."
        )
    made.cloud_watch_logs_log_group_arn = log_group_arn
    return made


@around(Route53Backend)
def delete_hosted_zone(original: Any, self: Any, id_: str) -> Any:
    """AWS: a zone's query logging goes with it; moto: it stays."""
    zone = original(self, id_)
    for identity, config in list(self.query_logging_configs.items()):
        if config.hosted_zone_id == zone.resource_id:
            del self.query_logging_configs[identity]
    return zone


@around(Route53Backend)
def delete_reusable_delegation_set(original: Any, self: Any, delegation_set_id: str) -> None:
    """AWS: a set that zones use stays; moto: it goes."""
    self.get_reusable_delegation_set(delegation_set_id)
    if any(
        zone.delegation_set and zone.delegation_set.id == delegation_set_id for zone in self.zones.values()
    ):
        raise DelegationSetInUse(f"Hosted zones use the delegation set {delegation_set_id}.")
    original(self, delegation_set_id)


@around(Route53Backend)
def associate_vpc_with_hosted_zone(original: Any, self: Any, zone_id: str, vpcid: str, region: str) -> Any:
    """AWS: a VPC has one zone of a name; moto: any number, the same one twice as well."""
    zone = self.get_hosted_zone(zone_id)
    for other in self.zones.values():
        if other.name == zone.name and any(vpc.get("vpc_id") == vpcid for vpc in other.vpcs):
            raise ConflictingDomain(
                f"The VPC {vpcid} in region {region} has already been associated with the hosted zone "
                f"{other.resource_id} with the same domain name."
            )
    return original(self, zone_id, vpcid, region)


def _lets_write(document: str, group: str) -> bool:
    for statement in json.loads(document).get("Statement", []):
        principal = statement.get("Principal")
        services = _listed(principal.get("Service")) if isinstance(principal, dict) else []
        actions = set(_listed(statement.get("Action")))
        writes = actions & {"*", "logs:*", "logs:Put*"} or actions >= _LOG_ACTIONS
        reaches = any(
            fnmatchcase(f"{group}:*", item) or item == group for item in _listed(statement.get("Resource"))
        )
        if statement.get("Effect") == "Allow" and "route53.amazonaws.com" in services and writes and reaches:
            return True
    return False


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
