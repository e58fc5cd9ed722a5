"""An Auto Scaling group in the words of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.ec2._template_data import structure
from simcloud.context import Context
from simcloud.values import UNKNOWN, Props, Value, is_known, without_none

_SAME = {
    "availabilityZoneDistribution": "AvailabilityZoneDistribution",
    "capacityRebalance": "CapacityRebalance",
    "context": "Context",
    "defaultCooldown": "DefaultCooldown",
    "defaultInstanceWarmup": "DefaultInstanceWarmup",
    "desiredCapacity": "DesiredCapacity",
    "desiredCapacityType": "DesiredCapacityType",
    "healthCheckGracePeriod": "HealthCheckGracePeriod",
    "healthCheckType": "HealthCheckType",
    "instanceMaintenancePolicy": "InstanceMaintenancePolicy",
    "launchConfiguration": "LaunchConfigurationName",
    "maxInstanceLifetime": "MaxInstanceLifetime",
    "maxSize": "MaxSize",
    "minSize": "MinSize",
    "mixedInstancesPolicy": "MixedInstancesPolicy",
    "placementGroup": "PlacementGroup",
    "protectFromScaleIn": "NewInstancesProtectedFromScaleIn",
    "serviceLinkedRoleArn": "ServiceLinkedRoleARN",
}
_LISTS = {
    "availabilityZones": "AvailabilityZones",
    "loadBalancers": "LoadBalancerNames",
    "targetGroupArns": "TargetGroupARNs",
    "terminationPolicies": "TerminationPolicies",
}
# AWS changes these by calls of their own.
_AT_CREATION_ONLY = frozenset({"LoadBalancerNames", "TargetGroupARNs", "Tags", "TrafficSources"})


def created(ctx: Context, new: Props) -> Params:
    """Parameters of CreateAutoScalingGroup."""
    shape = ctx.client("autoscaling").meta.service_model.shape_for("CreateAutoScalingGroupType")
    parameters: Params = {"AutoScalingGroupName": new["name"]}
    for name, api in _SAME.items():
        if new.get(name) is not None:
            parameters[api] = _value(shape, api, new[name])
    parameters |= {api: new[name] for name, api in _LISTS.items() if new.get(name)}
    parameters |= without_none(
        {
            "VPCZoneIdentifier": _joined(new.get("vpcZoneIdentifiers")),
            "LaunchTemplate": _template(new.get("launchTemplate")),
            "Tags": [_tag(tag) for tag in new.get("tags") or ()] or None,
            "TrafficSources": [_traffic(item) for item in new.get("trafficSources") or ()] or None,
        }
    )
    return parameters


def changed(ctx: Context, new: Props) -> Params:
    """Parameters of UpdateAutoScalingGroup."""
    every = created(ctx, new)
    return {name: value for name, value in every.items() if name not in _AT_CREATION_ONLY}


def written_tags(group: str, tags: list[Any]) -> list[Params]:
    """Tags as CreateOrUpdateTags wants them."""
    return [{**_tag(tag), "ResourceId": group, "ResourceType": "auto-scaling-group"} for tag in tags]


def _value(shape: Any, api: str, value: Value) -> Value:
    return structure(shape.members[api], value) if isinstance(value, Mapping) else value


def _joined(subnets: Any) -> Any:
    if not subnets:
        return None
    return ",".join(subnets) if is_known(subnets) else UNKNOWN


def _template(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    names = {"id": "LaunchTemplateId", "name": "LaunchTemplateName", "version": "Version"}
    return {api: given[name] for name, api in names.items() if given.get(name)}


def _tag(tag: Any) -> Any:
    if not isinstance(tag, Mapping):
        return tag
    return {"Key": tag["key"], "Value": tag["value"], "PropagateAtLaunch": tag["propagateAtLaunch"]}


def _traffic(item: Any) -> Any:
    return (
        {"Identifier": item["identifier"], "Type": item.get("type", "elbv2")}
        if isinstance(item, Mapping)
        else item
    )
