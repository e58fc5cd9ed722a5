"""A service in the words of the API and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _api
from simcloud.context import Context
from simcloud.values import Props, Unknown, Value, is_known, without_none

TOKEN = "aws:ecs/service:Service"
_WORDS = {
    "LoadBalancer": {"elbName": "loadBalancerName"},
    "ServiceConnectService": {"clientAlias": "clientAliases"},
    "ServiceConnectTlsConfiguration": {"issuerCertAuthority": "issuerCertificateAuthority"},
    "ServiceManagedEBSVolumeConfiguration": {"sizeInGb": "sizeInGiB"},
}
# What the service itself tells, and what only its deployments tell.
_OWN = {
    "availabilityZoneRebalancing": "availabilityZoneRebalancing",
    "capacityProviderStrategies": "capacityProviderStrategy",
    "enableEcsManagedTags": "enableECSManagedTags",
    "enableExecuteCommand": "enableExecuteCommand",
    "healthCheckGracePeriodSeconds": "healthCheckGracePeriodSeconds",
    "loadBalancers": "loadBalancers",
    "orderedPlacementStrategies": "placementStrategy",
    "placementConstraints": "placementConstraints",
    "platformVersion": "platformVersion",
    "propagateTags": "propagateTags",
    "serviceRegistries": "serviceRegistries",
}
_OF_DEPLOYMENTS = {
    "serviceConnectConfiguration": "serviceConnectConfiguration",
    "volumeConfiguration": "volumeConfigurations",
    "vpcLatticeConfigurations": "vpcLatticeConfigurations",
}
_FIXED = {
    "cluster": "cluster",
    "deploymentController": "deploymentController",
    "iamRole": "role",
    "launchType": "launchType",
    "name": "serviceName",
    "schedulingStrategy": "schedulingStrategy",
}
_DEPLOYMENT = (
    "bakeTimeInMinutes",
    "canaryConfiguration",
    "linearConfiguration",
    "lifecycleHooks",
    "strategy",
)
_DAEMON_PERCENT = {"deploymentMaximumPercent": 200, "deploymentMinimumHealthyPercent": 100}


def creation(ctx: Context, new: Props) -> Params:
    """The parameters of CreateService."""
    count = {} if new["schedulingStrategy"] == "DAEMON" else {"desiredCount": new.get("desiredCount")}
    fixed = _api.said(ctx, "ecs", "CreateService", new, _FIXED)
    return without_none({**fixed, **changeable(ctx, new), **count})


def changeable(ctx: Context, new: Props) -> Params:
    """What CreateService and UpdateService have in common, the number of tasks left out."""
    said = _api.said(ctx, "ecs", "CreateService", new, {**_OWN, **_OF_DEPLOYMENTS}, _WORDS)
    return without_none(
        {
            "taskDefinition": new.get("taskDefinition"),
            **said,
            "networkConfiguration": _network(new.get("networkConfiguration")),
            "deploymentConfiguration": _deployment(ctx, new),
        }
    )


def settings(ctx: Context, service: Mapping[str, Any], given: Props) -> Props:
    """What a described service says of its settings."""
    primary: Mapping[str, Any] = next(iter(service.get("deployments") or ()), {})
    told = _api.found(ctx, TOKEN, "ecs", "Service", service, _OWN, _WORDS)
    deployed = _api.found(ctx, TOKEN, "ecs", "Deployment", primary, _OF_DEPLOYMENTS, _WORDS)
    found = {name: value if value not in ([], {}) else None for name, value in {**told, **deployed}.items()}
    controller = (service.get("deploymentController") or {}).get("type", "ECS")
    return {
        **found,
        **_deployment_found(ctx, service.get("deploymentConfiguration") or {}, given),
        "deploymentController": {"type": controller},
        "enableEcsManagedTags": bool(service.get("enableECSManagedTags")),
        "enableExecuteCommand": bool(service.get("enableExecuteCommand")),
        "platformVersion": service.get("platformVersion") or "LATEST",
        "propagateTags": service.get("propagateTags", "NONE"),
        "availabilityZoneRebalancing": service.get("availabilityZoneRebalancing", "ENABLED"),
        "networkConfiguration": _network_found(service.get("networkConfiguration")),
    }


def _network(given: Value) -> Value:
    if given is None or isinstance(given, Unknown):
        return given
    vpc = {
        "subnets": given["subnets"],
        "securityGroups": given.get("securityGroups"),
        "assignPublicIp": "ENABLED" if given.get("assignPublicIp") is True else "DISABLED",
    }
    return {"awsvpcConfiguration": without_none(vpc)}


def _network_found(found: Mapping[str, Any] | None) -> Props | None:
    network = (found or {}).get("awsvpcConfiguration")
    return network and {
        "subnets": network["subnets"],
        "securityGroups": network.get("securityGroups", []),
        "assignPublicIp": network.get("assignPublicIp") == "ENABLED",
    }


def _deployment(ctx: Context, new: Props) -> Value:
    configured = new.get("deploymentConfiguration") or {}
    if isinstance(configured, Unknown):
        return configured
    flat = {
        **{name: configured.get(name) for name in _DEPLOYMENT},
        "lifecycleHooks": _hooks(configured.get("lifecycleHooks")),
        "maximumPercent": new["deploymentMaximumPercent"],
        "minimumHealthyPercent": new["deploymentMinimumHealthyPercent"],
        "deploymentCircuitBreaker": new.get("deploymentCircuitBreaker"),
        "alarms": new.get("alarms"),
    }
    said = _api.said(
        ctx, "ecs", "CreateService", {"all": without_none(flat)}, {"all": "deploymentConfiguration"}
    )
    return said["deploymentConfiguration"]


def _hooks(given: Value) -> Value:
    if not isinstance(given, list):
        return given
    return [
        {**hook, "hookDetails": _details(hook.get("hookDetails"))} for hook in given if isinstance(hook, dict)
    ]


def _details(given: Value) -> Value:
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given)
    except ValueError:
        return given


def _deployment_found(ctx: Context, found: Mapping[str, Any], given: Props) -> Props:
    kept = {name: found[name] for name in _DEPLOYMENT if found.get(name) not in (None, [])}
    told = _api.found(
        ctx, TOKEN, "ecs", "Service", {"deploymentConfiguration": kept},
        {"deploymentConfiguration": "deploymentConfiguration"},
    )["deploymentConfiguration"]  # fmt: skip
    for hook in told.get("lifecycleHooks") or ():
        if is_known(hook) and isinstance(hook.get("hookDetails"), dict):
            hook["hookDetails"] = json.dumps(hook["hookDetails"], sort_keys=True)
    if "bakeTimeInMinutes" in told:
        told["bakeTimeInMinutes"] = str(told["bakeTimeInMinutes"])
    percents = {
        "deploymentMaximumPercent": "maximumPercent",
        "deploymentMinimumHealthyPercent": "minimumHealthyPercent",
    }
    return {
        "deploymentConfiguration": {"strategy": "ROLLING", **told},
        "deploymentCircuitBreaker": _breaker(found.get("deploymentCircuitBreaker")),
        "alarms": found.get("alarms"),
        **{name: found.get(api, given.get(name, _DAEMON_PERCENT[name])) for name, api in percents.items()},
    }


def _breaker(found: Mapping[str, Any] | None) -> Props | None:
    return {"enable": found["enable"], "rollback": found["rollback"]} if found else None
