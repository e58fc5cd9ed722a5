from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simcloud import tagging
from simcloud.bindings.ecs import _service_api
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_LISTS = {
    "capacityProviderStrategies": "capacityProviderStrategies",
    "loadBalancers": "loadBalancers",
    "orderedPlacementStrategies": "orderedPlacementStrategies",
    "placementConstraints": "placementConstraints",
}
_ONES = {"networkConfigurations": "networkConfiguration", "serviceRegistries": "serviceRegistries"}


def get_service(ctx: Context, args: Props) -> Props:
    """A service of a cluster."""
    cluster, name = args["clusterArn"], args["serviceName"]
    listed = ctx.client("ecs").describe_services(cluster=cluster, services=[name])["services"]
    if not listed or listed[0]["status"] == "INACTIVE":
        raise Refusal("ServiceNotFoundException", f"service {name} not found in cluster {cluster}")
    found = listed[0]
    told = _service_api.settings(ctx, found, {})
    return {
        **{many: told[name] or [] for many, name in _LISTS.items()},
        **{many: [told[one]] if told[one] else [] for many, one in _ONES.items()},
        "arn": found["serviceArn"],
        "availabilityZoneRebalancing": told["availabilityZoneRebalancing"],
        "clusterArn": found["clusterArn"],
        "createdAt": _moment(found.get("createdAt")),
        "createdBy": found.get("createdBy", ""),
        "deploymentConfigurations": [_configuration(told)],
        "deploymentControllers": [told["deploymentController"]],
        "deployments": [_deployment(item) for item in found.get("deployments") or ()],
        "desiredCount": found["desiredCount"],
        "enableEcsManagedTags": told["enableEcsManagedTags"],
        "enableExecuteCommand": told["enableExecuteCommand"],
        "events": [_event(item) for item in found.get("events") or ()],
        "healthCheckGracePeriodSeconds": told["healthCheckGracePeriodSeconds"] or 0,
        "iamRole": found.get("roleArn", ""),
        "id": found["serviceArn"],
        "launchType": found.get("launchType", ""),
        "pendingCount": found["pendingCount"],
        "platformFamily": found.get("platformFamily", ""),
        "platformVersion": told["platformVersion"],
        "propagateTags": told["propagateTags"],
        "region": ctx.region,
        "runningCount": found["runningCount"],
        "schedulingStrategy": found["schedulingStrategy"],
        "serviceName": found["serviceName"],
        "status": found["status"],
        "tags": tagging.ECS.current(ctx, found["serviceArn"]),
        "taskDefinition": found.get("taskDefinition", ""),
        "taskSets": [],
    }


def _configuration(told: Props) -> Props:
    return {
        "alarms": [told["alarms"]] if told["alarms"] else [],
        "deploymentCircuitBreakers": [told["deploymentCircuitBreaker"]]
        if told["deploymentCircuitBreaker"]
        else [],
        "maximumPercent": told["deploymentMaximumPercent"],
        "minimumHealthyPercent": told["deploymentMinimumHealthyPercent"],
        "bakeTimeInMinutes": str(told["deploymentConfiguration"].get("bakeTimeInMinutes", "")),
        "strategy": told["deploymentConfiguration"]["strategy"],
        "lifecycleHooks": told["deploymentConfiguration"].get("lifecycleHooks", []),
    }


def _deployment(found: Mapping[str, Any]) -> Props:
    return {
        "createdAt": _moment(found.get("createdAt")),
        "desiredCount": found["desiredCount"],
        "id": found["id"],
        "pendingCount": found["pendingCount"],
        "runningCount": found["runningCount"],
        "status": found["status"],
        "taskDefinition": found.get("taskDefinition", ""),
        "updatedAt": _moment(found.get("updatedAt")),
    }


def _event(found: Mapping[str, Any]) -> Props:
    return {"createdAt": _moment(found.get("createdAt")), "id": found["id"], "message": found["message"]}


def _moment(value: datetime | None) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value is not None else ""
