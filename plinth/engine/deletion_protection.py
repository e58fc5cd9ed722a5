"""Deletion protection of simulated resources, switched off before a destroy through the AWS API, as a person would."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plinth.engine.layout import Layout
from plinth.report.urn import name_of

_SHOWN = 3


@dataclass(frozen=True)
class Switch:
    """How a resource type is switched off: the property that tells, the client, the call and its arguments."""

    told_by: str
    service: str
    call: str
    arguments: Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


_LOAD_BALANCER = Switch(
    "enableDeletionProtection",
    "elbv2",
    "modify_load_balancer_attributes",
    lambda identity, _: {
        "LoadBalancerArn": identity,
        "Attributes": [{"Key": "deletion_protection.enabled", "Value": "false"}],
    },
)
_SWITCHES = {
    "aws:lb/loadBalancer:LoadBalancer": _LOAD_BALANCER,
    "aws:alb/loadBalancer:LoadBalancer": _LOAD_BALANCER,
    "aws:rds/instance:Instance": Switch(
        "deletionProtection",
        "rds",
        "modify_db_instance",
        lambda _, outputs: {
            "DBInstanceIdentifier": outputs["identifier"],
            "DeletionProtection": False,
            "ApplyImmediately": True,
        },
    ),
    "aws:rds/cluster:Cluster": Switch(
        "deletionProtection",
        "rds",
        "modify_db_cluster",
        lambda _, outputs: {
            "DBClusterIdentifier": outputs["clusterIdentifier"],
            "DeletionProtection": False,
            "ApplyImmediately": True,
        },
    ),
    "aws:cloudwatch/logGroup:LogGroup": Switch(
        "deletionProtectionEnabled",
        "logs",
        "put_log_group_deletion_protection",
        lambda _, outputs: {"logGroupIdentifier": outputs["name"], "deletionProtectionEnabled": False},
    ),
}

Client = Callable[[str, str], Any]


def lift_deletion_protection(layout: Layout, stack: str, client: Client) -> tuple[str, ...]:
    """`client` gives a boto3 client for a service and a region. One line about what was switched off."""
    protected = _protected(json.loads(layout.state_file(stack).read_bytes()))
    for resource in protected:
        switch, outputs = _SWITCHES[resource["type"]], resource["outputs"]
        call = getattr(client(switch.service, outputs.get("region", "")), switch.call)
        call(**switch.arguments(resource["id"], outputs))
    return (_line([name_of(resource["urn"]) for resource in protected]),) if protected else ()


def _protected(state: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    latest = state["checkpoint"].get("latest") or {}
    return [resource for resource in latest.get("resources") or () if _is_protected(resource)]


def _is_protected(resource: Mapping[str, Any]) -> bool:
    switch = _SWITCHES.get(resource["type"])
    return switch is not None and resource.get("outputs", {}).get(switch.told_by) is True


def _line(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    shown = ", ".join(listed[:_SHOWN])
    return f"Switched off deletion protection first: {shown}{more}. A real destroy would have refused."
