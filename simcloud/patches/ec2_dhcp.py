"""DHCP options as EC2 has them: any number of VPCs may use one set."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models.dhcp_options import DHCPOptionsSetBackend
from moto.ec2.models.vpcs import VPCBackend
from moto.ec2.responses.dhcp_options import DHCPOptions

from simcloud.patches import around

_LEASE = "ipv6-address-preferred-lease-time"


@around(DHCPOptions)
def create_dhcp_options(original: Any, self: Any) -> ActionResult:
    """AWS: keeps the preferred lease time of IPv6 addresses; moto: drops it."""
    answer: ActionResult = original(self)
    given = {item["Key"]: item["Values"] for item in self._get_param("DhcpConfigurations", [])}
    if _LEASE in given:
        list(self.ec2_backend.dhcp_options_sets.values())[-1]._options[_LEASE] = given[_LEASE]
    return answer


@around(DHCPOptionsSetBackend)
def associate_dhcp_options(original: Any, self: Any, dhcp_options: Any, vpc: Any) -> None:
    """AWS: a set knows nothing of VPCs; moto: of the last one."""
    vpc.dhcp_options = dhcp_options


@around(DHCPOptionsSetBackend)
def disassociate_dhcp_options(original: Any, self: Any, vpc: Any) -> None:
    """AWS: a set knows nothing of VPCs; moto: of the last one."""
    vpc.dhcp_options = None


@around(DHCPOptionsSetBackend)
def delete_dhcp_options_set(original: Any, self: Any, options_id: str | None) -> None:
    """AWS: a set stays while any VPC uses it; moto: asks the last one only."""
    users = [vpc.id for vpc in self.vpcs.values() if vpc.dhcp_options_id == options_id]
    if users:
        raise DependencyViolationError(
            f"The dhcpOptions '{options_id}' has dependencies and cannot be deleted: {', '.join(users)}."
        )
    original(self, options_id)


@around(VPCBackend)
def delete_vpc(original: Any, self: Any, vpc_id: str) -> Any:
    """AWS: leaves the options of a deleted VPC alone; moto: deletes them."""
    vpc = self.get_vpc(vpc_id)
    options, vpc.dhcp_options = vpc.dhcp_options, None
    try:
        return original(self, vpc_id)
    except Exception:
        vpc.dhcp_options = options
        raise
