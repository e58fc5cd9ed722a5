"""Targets and client certificates as ELB takes them."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import FakeTargetGroup
from moto.elbv2.responses import ELBV2Response

from simcloud.patches import around


@around(FakeTargetGroup)
def register(original: Any, self: Any, targets: list[dict[str, Any]]) -> None:
    """AWS: instances exist and are of the group's VPC, addresses outside of it say so; moto: takes anything."""
    for target in targets:
        problem = _instance_problem(self, target) if self.target_type == "instance" else ""
        problem = problem or (_address_problem(self, target) if self.target_type == "ip" else "")
        if problem:
            raise ELBClientError("InvalidTarget", problem)
    original(self, targets)


@around(ELBV2Response)
def create_listener(original: Any, self: Any) -> Any:
    """AWS: keeps how clients prove who they are; moto: drops it."""
    return _keep_authentication(self, original(self))


@around(ELBV2Response)
def modify_listener(original: Any, self: Any) -> Any:
    """AWS: keeps how clients prove who they are; moto: drops it."""
    return _keep_authentication(self, original(self))


def _keep_authentication(response: Any, answer: Any) -> Any:
    given = response._get_param("MutualAuthentication")
    if given:
        answer.result["Listeners"][0].mutual_authentication = given
    return answer


def _instance_problem(group: Any, target: dict[str, Any]) -> str:
    instance = group.ec2_backend.get_instance_by_id(target["Id"])
    if instance is None:
        return f"The following targets are not valid instances: '{target['Id']}'"
    if instance.vpc_id != group.vpc_id:
        return f"The following targets are not in the target group VPC '{group.vpc_id}': '{target['Id']}'"
    return ""


def _address_problem(group: Any, target: dict[str, Any]) -> str:
    try:
        address = ip_address(target["Id"])
    except ValueError:
        return f"The IP address '{target['Id']}' is not a valid IPv4 address"
    vpc = group.ec2_backend.vpcs.get(group.vpc_id)
    ranges = [item["cidr_block"] for item in vpc.get_cidr_block_association_set()] if vpc else []
    inside = any(address in ip_network(block) for block in ranges)
    if not inside and address.version == 4 and target.get("AvailabilityZone") != "all":
        return (
            f"The Availability Zone must be specified for targets outside of the VPC '{group.vpc_id}': "
            f"'{target['Id']}', say 'all'"
        )
    return ""
