"""Auto Scaling groups as AWS fills, changes and removes them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from moto.autoscaling.exceptions import AutoscalingClientError, ValidationError
from moto.autoscaling.models import ASG_NAME_TAG, AutoScalingBackend, FakeAutoScalingGroup, InstanceState
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from simcloud.patches import adds, around

# What moto keeps at creation at most, and never changes; by the parameter's name.
_KEPT = (
    "AvailabilityZoneDistribution",
    "AvailabilityZoneImpairmentPolicy",
    "CapacityRebalance",
    "CapacityReservationSpecification",
    "Context",
    "DefaultCooldown",
    "DefaultInstanceWarmup",
    "DesiredCapacityType",
    "InstanceLifecyclePolicy",
    "InstanceMaintenancePolicy",
    "MaxInstanceLifetime",
    "PlacementGroup",
    "ServiceLinkedRoleARN",
    "TerminationPolicies",
    "TrafficSources",
)


@around(AutoScalingResponse)
def create_auto_scaling_group(original: Any, self: Any) -> ActionResult:
    """AWS: names are unique, and everything is kept; moto: overwrites, and drops half."""
    name = self._get_param("AutoScalingGroupName")
    if name in self.autoscaling_backend.autoscaling_groups:
        raise AutoscalingClientError(
            "AlreadyExists",
            f"AutoScalingGroup by this name already exists - A group with the name {name} already exists",
        )
    _check_targets(self.autoscaling_backend, self._get_param("TargetGroupARNs", []))
    answer: ActionResult = original(self)
    _keep(self, self.autoscaling_backend.autoscaling_groups[name])
    return answer


@around(AutoScalingResponse)
def update_auto_scaling_group(original: Any, self: Any) -> ActionResult:
    """AWS: everything can be changed; moto: a part of it."""
    answer: ActionResult = original(self)
    _keep(self, self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")])
    return answer


@around(AutoScalingResponse)
def delete_auto_scaling_group(original: Any, self: Any) -> ActionResult:
    """AWS: a group with instances stays unless forced; moto: it goes."""
    group = self.autoscaling_backend.autoscaling_groups.get(self._get_param("AutoScalingGroupName"))
    if group is not None and group.instance_states and not self._get_bool_param("ForceDelete", False):
        raise AutoscalingClientError(
            "ResourceInUse",
            "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) "
            "still in the group.",
        )
    answer: ActionResult = original(self)
    return answer


@around(FakeAutoScalingGroup)
def set_desired_capacity(original: Any, self: Any, new_capacity: int | None) -> None:
    """AWS: between the limits, and the oldest go first; moto: any number, and in no certain order."""
    wanted = self.min_size if new_capacity is None else int(new_capacity)
    if wanted != 0 and not int(self.min_size or 0) <= int(wanted or 0) <= int(self.max_size or 0):
        raise ValidationError(
            f"Desired capacity:{wanted} must be between the specified min size:{self.min_size} and max size:"
            f"{self.max_size}"
        )
    before = list(self.instance_states)
    original(self, new_capacity)
    order = {id(state): position for position, state in enumerate(before)}
    self.instance_states.sort(key=lambda state: order.get(id(state), len(order)))


@around(FakeAutoScalingGroup)
def replace_autoscaling_group_instances(
    original: Any, self: Any, count_needed: int, propagated_tags: dict[str, str]
) -> None:
    """AWS: spreads instances over the subnets and takes the template's version; moto: the first and the default."""
    tags = {**propagated_tags, ASG_NAME_TAG: self.name, **self.instance_tags}
    for _ in range(count_needed):
        reservation = self.ec2_backend.run_instances(
            self.image_id,
            1,
            self.user_data,
            self.security_groups,
            instance_type=_instance_type(self),
            tags={"instance": tags},
            placement=None if self.vpc_zone_identifier else self.availability_zones[0],
            launch_config=self.launch_config,
            launch_template=_template(self),
            is_instance_type_default=False,
            associate_public_ip=self.launch_config.associate_public_ip_address
            if self.launch_config
            else None,
            subnet_id=_emptiest(self),
            region_name=self.region,
        )
        for instance in reservation.instances:
            instance.autoscaling_group = self
            protected = self.new_instances_protected_from_scale_in
            self.instance_states.append(InstanceState(instance, protected_from_scale_in=protected))


@around(AutoScalingBackend)
def update_attached_target_groups(original: Any, self: Any, group_name: str) -> None:
    """AWS: registers instances as soon as they run, in the order of launch; moto: refuses those that start."""
    group = self.autoscaling_groups[group_name]
    known = [arn for arn in group.target_group_arns if arn in self.elbv2_backend.target_groups]
    for target_group in [self.elbv2_backend.target_groups[arn] for arn in known]:
        for identity in [state.instance.id for state in group.instance_states]:
            target_group.targets.setdefault(identity, {"Id": identity, "Port": target_group.port})
            target_group.deregistered_targets.pop(identity, None)


@adds(AutoScalingResponse)
def disable_metrics_collection(self: Any) -> ActionResult:
    """AWS: stops collecting; moto: has no such call."""
    group = self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]
    gone = self._get_param("Metrics") or list(group.metrics or ())
    group.metrics = [metric for metric in group.metrics or () if metric not in gone]
    return EmptyResult()


def _keep(self: Any, group: Any) -> None:
    for name in _KEPT:
        value = self._get_param(name)
        if value is not None:
            setattr(group, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower(), value)


def _check_targets(backend: Any, arns: list[str]) -> None:
    for arn in arns:
        if arn not in backend.elbv2_backend.target_groups:
            raise ValidationError(
                "Provided Target Groups may not be valid. Please ensure they exist and try again."
            )


def _template(group: Any) -> dict[str, Any] | None:
    if not group.ec2_launch_template:
        return None
    return {"LaunchTemplateId": group.ec2_launch_template.id, "Version": group.launch_template_version}


def _instance_type(group: Any) -> str:
    overrides = ((group.mixed_instances_policy or {}).get("LaunchTemplate") or {}).get("Overrides") or []
    first = next((item["InstanceType"] for item in overrides if item.get("InstanceType")), None)
    return str(first or group.instance_type or "t3.medium")


def _emptiest(group: Any) -> str | None:
    if not group.vpc_zone_identifier:
        return None
    subnets: list[str] = group.vpc_zone_identifier.split(",")
    used = Counter(state.instance.subnet_id for state in group.instance_states)
    return min(subnets, key=lambda subnet: (used[subnet], subnets.index(subnet)))
