"""Requests about instances as EC2 takes them."""

from __future__ import annotations

import base64
import copy
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.types import Base64EncodedString
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instances import InstanceBackend, MetadataOptions
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.responses.monitoring import Monitoring

from simcloud.patches import adds, around

_KEPT = {
    "DisableApiTermination": "disable_api_termination",
    "CreditSpecification.CpuCredits": "cpu_credits",
    "Placement.Tenancy": "tenancy",
    "Placement.GroupName": "group_name",
}
_METADATA = {
    "HttpTokens": "http_tokens",
    "HttpPutResponseHopLimit": "http_put_response_hop_limit",
    "HttpEndpoint": "http_endpoint",
    "HttpProtocolIpv6": "http_protocol_ipv6",
    "InstanceMetadataTags": "instance_metadata_tags",
}
# AWS: API reference of ModifyInstanceAttribute (botocore 1.44.5), read 2026-11: the instance must be stopped.
_STOPPED_ONLY = ("InstanceType", "Kernel", "Ramdisk", "UserData", "EbsOptimized", "SriovNetSupport")


@around(InstanceResponse)
def run_instances(original: Any, self: Any) -> ActionResult:
    """AWS: keeps protection, credits and tenancy; moto: drops them."""
    answer: ActionResult = original(self)
    for instance in list(self.ec2_backend.reservations.values())[-1].instances:
        for name, attribute in _KEPT.items():
            value = self._get_param(name)
            if value is not None:
                setattr(instance._placement if name.startswith("Placement.") else instance, attribute, value)
    return answer


@around(InstanceResponse)
def _parse_block_device_mapping(original: Any, self: Any) -> list[dict[str, Any]]:
    """AWS: what the image says of a disk need not be said again, and throughput counts; moto: the other way round."""
    return copy.deepcopy(self._get_param("BlockDeviceMappings", []))


@around(InstanceResponse)
def modify_instance_attribute(original: Any, self: Any) -> ActionResult:
    """AWS: some attributes can be changed while the instance is stopped only, and all have a say; moto: neither."""
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    changed = [name for name in _STOPPED_ONLY if self._get_param(f"{name}.Value") is not None]
    if changed and instance._state.name != "stopped":
        raise EC2ClientError(
            "IncorrectInstanceState", f"The instance '{instance.id}' is not in the 'stopped' state."
        )
    behaviour = self._get_param("InstanceInitiatedShutdownBehavior.Value")
    if behaviour is not None:
        instance.instance_initiated_shutdown_behavior = behaviour
        return EmptyResult()
    raw = self._get_param("UserData.Value")
    if isinstance(raw, bytes):  # decoded already, which moto would do again
        instance.user_data = Base64EncodedString(base64.b64encode(raw).decode()) if raw else None
        return EmptyResult()
    answer: ActionResult = original(self)
    return answer


@around(InstanceBackend)
def modify_instance_security_groups(
    original: Any, self: Any, instance_id: str, new_group_id_list: list[str]
) -> Any:
    """AWS: an unknown group is an error, and the first interface has the groups; moto: takes it, keeps the old ones."""
    instance = self.get_instance(instance_id)
    groups = [self.get_security_group_from_id(identity) for identity in new_group_id_list]
    for identity, group in zip(new_group_id_list, groups, strict=True):
        if group is None or group.vpc_id != instance.vpc_id:
            raise EC2ClientError("InvalidGroup.NotFound", f"The security group '{identity}' does not exist")
    instance.security_groups = groups
    if 0 in instance.nics:
        instance.nics[0]._group_set = list(groups)
    return instance


@around(InstanceResponse)
def modify_instance_metadata_options(original: Any, self: Any) -> ActionResult:
    """AWS: what is not said stays; moto: goes back to the default."""
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    options = {name: getattr(instance.metadata_options, attribute) for name, attribute in _METADATA.items()}
    given = {name: self._get_param(name) for name in _METADATA}
    options |= {name: value for name, value in given.items() if value is not None}
    instance.metadata_options = MetadataOptions(options)
    return ActionResult({"InstanceId": instance.id, "InstanceMetadataOptions": instance.metadata_options})


@around(InstanceResponse)
def describe_instance_credit_specifications(original: Any, self: Any) -> ActionResult:
    """AWS: says the credits of each; moto: standard, always."""
    instances = self.ec2_backend.get_multi_instances_by_id(self._get_param("InstanceIds", []))
    found = [
        {"InstanceId": item.id, "CpuCredits": getattr(item, "cpu_credits", "standard")} for item in instances
    ]
    return ActionResult({"InstanceCreditSpecifications": found})


@adds(InstanceResponse)
def modify_instance_credit_specification(self: Any) -> ActionResult:
    """AWS: changes the credits; moto: has no such call."""
    changes = self._get_param("InstanceCreditSpecifications", [])
    for change in changes:
        self.ec2_backend.get_instance(change["InstanceId"]).cpu_credits = change["CpuCredits"]
    done = [{"InstanceId": change["InstanceId"]} for change in changes]
    return ActionResult({"SuccessfulInstanceCreditSpecifications": done})


@adds(Monitoring)
def monitor_instances(self: Any) -> ActionResult:
    """AWS: turns detailed monitoring on; moto: has no such call."""
    return _monitor(self, "enabled")


@adds(Monitoring)
def unmonitor_instances(self: Any) -> ActionResult:
    """AWS: turns detailed monitoring off; moto: has no such call."""
    return _monitor(self, "disabled")


@adds(InstanceResponse)
def modify_instance_maintenance_options(self: Any) -> ActionResult:
    """AWS: keeps how an instance recovers; moto: has no such call."""
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    return ActionResult({"InstanceId": instance.id, "AutoRecovery": self._get_param("AutoRecovery")})


def _monitor(self: Any, state: str) -> ActionResult:
    found = self.ec2_backend.get_multi_instances_by_id(self._get_param("InstanceIds", []))
    for instance in found:
        instance.monitoring_state = state
    return ActionResult(
        {"InstanceMonitorings": [{"InstanceId": item.id, "Monitoring": {"State": state}} for item in found]}
    )
