from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.ec2._template_data import read as in_words
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _group_changes, _group_request, _group_rules

_SAME = {
    "capacityRebalance": "CapacityRebalance",
    "defaultCooldown": "DefaultCooldown",
    "defaultInstanceWarmup": "DefaultInstanceWarmup",
    "desiredCapacity": "DesiredCapacity",
    "desiredCapacityType": "DesiredCapacityType",
    "healthCheckGracePeriod": "HealthCheckGracePeriod",
    "healthCheckType": "HealthCheckType",
    "launchConfiguration": "LaunchConfigurationName",
    "maxInstanceLifetime": "MaxInstanceLifetime",
    "maxSize": "MaxSize",
    "minSize": "MinSize",
    "placementGroup": "PlacementGroup",
    "protectFromScaleIn": "NewInstancesProtectedFromScaleIn",
    "serviceLinkedRoleArn": "ServiceLinkedRoleARN",
}


class Group(Binding):
    """A number of instances of one template, kept up."""

    token = "aws:autoscaling/group:Group"
    service = "autoscaling"
    operation = "create_auto_scaling_group"
    parameters = {"AutoScalingGroupName": "name", "TargetGroupARNs": "targetGroupArns"}
    replaces = frozenset({"name", "namePrefix"})
    defaults = {
        "forceDelete": False,
        "forceDeleteWarmPool": False,
        "healthCheckGracePeriod": 300,
        "ignoreFailedScalingActivities": False,
        "metricsGranularity": "1Minute",
        "protectFromScaleIn": False,
        "waitForCapacityTimeout": "10m",
    }
    autoname = AutoName(limit=255)
    references = (
        Reference("launchTemplate.id", "launch_template"),
        Reference(
            "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
            "launch_template",
        ),
        Reference("vpcZoneIdentifiers[]", "subnet"),
        Reference("targetGroupArns[]", "target_group"),
    )
    faults = {
        "AlreadyExists": "name",
        "InvalidLaunchTemplateId.VersionNotFound": "launchTemplate",
        "InvalidLaunchTemplateName.NotFoundException": "launchTemplate",
    }

    def request(self, ctx: Context, new: Props) -> Params:
        return _group_request.created(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _group_changes.change(ctx, identity, new, old)
        _group_changes.beside(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[identity])
        return _read(found["AutoScalingGroups"][0], given) if found["AutoScalingGroups"] else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        client = ctx.client("autoscaling")
        if not client.describe_auto_scaling_groups(AutoScalingGroupNames=[identity])["AutoScalingGroups"]:
            return
        if not old.get("forceDelete"):
            # The provider empties the group first.
            client.update_auto_scaling_group(
                AutoScalingGroupName=identity, MinSize=0, MaxSize=0, DesiredCapacity=0
            )
        client.delete_auto_scaling_group(
            AutoScalingGroupName=identity, ForceDelete=bool(old.get("forceDelete"))
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _group_rules.problems(ctx, new)


def _read(found: Mapping[str, Any], given: Props) -> Props:
    policy, pool = found.get("MixedInstancesPolicy"), found.get("WarmPoolConfiguration")
    maintenance, spread = found.get("InstanceMaintenancePolicy"), found.get("AvailabilityZoneDistribution")
    return {
        **{name: found.get(api) for name, api in _SAME.items()},
        "arn": found["AutoScalingGroupARN"],
        "availabilityZoneDistribution": in_words(spread)
        if spread
        else {"capacityDistributionStrategy": "balanced-best-effort"},
        "availabilityZones": found["AvailabilityZones"],
        "capacityReservationSpecification": given.get(
            "capacityReservationSpecification", {"capacityReservationPreference": "default"}
        ),
        "enabledMetrics": [item["Metric"] for item in found.get("EnabledMetrics", ())],
        "instanceLifecyclePolicy": given.get("instanceLifecyclePolicy", {}),
        "instanceMaintenancePolicy": in_words(maintenance) if maintenance else None,
        "launchTemplate": _template(found.get("LaunchTemplate"), given),
        "loadBalancers": found.get("LoadBalancerNames", []),
        "mixedInstancesPolicy": in_words(policy) if policy else None,
        "name": found["AutoScalingGroupName"],
        "namePrefix": given.get("namePrefix", ""),
        "predictedCapacity": 0,
        "suspendedProcesses": [item["ProcessName"] for item in found.get("SuspendedProcesses", ())],
        "tags": _tags(found.get("Tags", ()), given.get("tags") or []),
        "targetGroupArns": found.get("TargetGroupARNs", []),
        "terminationPolicies": found.get("TerminationPolicies", []),
        "trafficSources": given.get("trafficSources", []),
        "vpcZoneIdentifiers": [item for item in (found.get("VPCZoneIdentifier") or "").split(",") if item],
        "warmPool": given.get("warmPool") if pool else None,
        "warmPoolSize": 0,
    }


def _template(found: Any, given: Props) -> Props | None:
    if not found:
        return None
    asked = (given.get("launchTemplate") or {}).get("version")
    return {
        "id": found["LaunchTemplateId"],
        "name": found["LaunchTemplateName"],
        "version": found.get("Version") or asked or "$Default",
    }


def _tags(found: Any, given: list[Props]) -> list[Props] | None:
    tags = [
        {"key": tag["Key"], "value": tag["Value"], "propagateAtLaunch": tag["PropagateAtLaunch"]}
        for tag in found
    ]
    in_order = [tag for tag in given if tag in tags]
    return (in_order + [tag for tag in tags if tag not in in_order]) or None
