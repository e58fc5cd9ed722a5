"""Network interfaces as EC2 has them: addresses of their subnet, groups of their VPC, and no going while in use."""

from __future__ import annotations

import ipaddress
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.models.subnets import Subnet
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces

from simcloud.patches import around

# AWS: «Subnet CIDR blocks», VPC User Guide: the first four and the last; per reference notes, not verified.
_RESERVED_FIRST = 4


def free_address(backend: Any, subnet: Any) -> str:
    """The lowest address of the subnet that nobody has."""
    taken = _taken(backend, subnet) | set(subnet._subnet_ips)
    network = ipaddress.ip_network(subnet.cidr_block)
    for address in range(int(network.network_address) + _RESERVED_FIRST, int(network.broadcast_address)):
        text = str(ipaddress.ip_address(address))
        if text not in taken:
            return text
    raise EC2ClientError(
        "InsufficientFreeAddressesInSubnet", f"There are not enough free addresses in subnet '{subnet.id}'."
    )


@around(Subnet)
def get_available_subnet_ip(original: Any, self: Any, instance: Any) -> str:
    """AWS: any free address; moto: one that was given back, in no certain order."""
    address = free_address(self.ec2_backend, self)
    self._subnet_ips[address] = instance
    return address


@around(NetworkInterfaceBackend)
def create_network_interface(
    original: Any,
    self: Any,
    subnet: Any,
    private_ip_address: Any,
    private_ip_addresses: Any = None,
    group_ids: Any = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """AWS: free addresses of the subnet and groups of its VPC; moto: any address, and makes a group that is not."""
    subnet = self.get_subnet(subnet) if isinstance(subnet, str) else subnet
    _check_groups(self, subnet, group_ids or [])
    listed = [dict(item) for item in private_ip_addresses or []]
    primary = next((item["PrivateIpAddress"] for item in listed if item.get("Primary")), None)
    given = private_ip_address[0] if isinstance(private_ip_address, list) else private_ip_address
    first, more = given or primary, int(kwargs.pop("secondary_ips_count", None) or 0)
    # An instance has taken its address before its interface is made.
    if first is None or "device_index" not in kwargs:
        first = first or free_address(self, subnet)
        _check_addresses(
            self, subnet, [first, *(item["PrivateIpAddress"] for item in listed if item is not primary)]
        )
    eni = original(self, subnet, first, listed, group_ids, *args, **kwargs)
    _add_addresses(self, eni, more)
    return eni


@around(NetworkInterfaceBackend)
def assign_private_ip_addresses(
    original: Any,
    self: Any,
    eni_id: str,
    private_ip_addresses: Any = None,
    secondary_ips_count: int | None = None,
) -> Any:
    """AWS: free addresses of the subnet; moto: any."""
    eni = self.get_network_interface(eni_id)
    _check_addresses(self, eni.subnet, list(private_ip_addresses or ()))
    original(self, eni_id, private_ip_addresses, None)
    _add_addresses(self, eni, secondary_ips_count or 0)
    return eni


@around(Subnet)
def request_ip(original: Any, self: Any, ip: str, instance: Any) -> None:
    """AWS: says what is wrong with an address; moto: a bare Exception."""
    _check_addresses(self.ec2_backend, self, [ip])
    original(self, ip, instance)


@around(NetworkInterfaceBackend)
def modify_network_interface_attribute(
    original: Any,
    self: Any,
    eni_id: str,
    group_ids: Any,
    source_dest_check: Any = None,
    description: Any = None,
) -> None:
    """AWS: groups and source check of an instance are those of its first interface; moto: keeps them apart."""
    eni = self.get_network_interface(eni_id)
    _check_groups(self, eni.subnet, group_ids or [])
    original(self, eni_id, group_ids, source_dest_check, description)
    if eni.instance is None or eni.device_index != 0:
        return
    eni.instance.source_dest_check = eni.source_dest_check
    if group_ids:
        eni.instance.security_groups = list(eni._group_set)


@around(ElasticNetworkInterfaces)
def delete_network_interface(original: Any, self: Any) -> ActionResult:
    """AWS: an interface in use stays; moto: it goes."""
    identity = self._get_param("NetworkInterfaceId")
    eni = self.ec2_backend.get_network_interface(identity)
    gateways = [gateway for gateway in self.ec2_backend.nat_gateways.values() if gateway.state != "deleted"]
    if eni.status == "in-use" or any(gateway._eni is eni for gateway in gateways):
        raise EC2ClientError("InvalidNetworkInterface.InUse", f"Interface: [{identity}] in use.")
    answer: ActionResult = original(self)
    for address in self.ec2_backend.addresses:
        if address.eni is eni:
            self.ec2_backend.disassociate_address(address=address.public_ip)
    for item in eni.private_ip_addresses:
        eni.subnet.del_subnet_ip(item["PrivateIpAddress"])
    return answer


@around(ElasticAddressBackend)
def associate_address(
    original: Any,
    self: Any,
    instance: Any = None,
    eni: Any = None,
    address: str | None = None,
    allocation_id: str | None = None,
    reassociate: bool = False,
) -> Any:
    """AWS: needs an internet gateway, and the interface that had the address loses it; moto: neither."""
    target = eni or instance.nics[0]
    vpc_id = target.subnet.vpc_id
    if not any(gateway.vpc and gateway.vpc.id == vpc_id for gateway in self.internet_gateways.values()):
        raise EC2ClientError(
            "Gateway.NotAttached", f"Network {vpc_id} is not attached to any internet gateway"
        )
    eip = (self.address_by_ip([address]) if address else self.address_by_allocation([allocation_id]))[0]
    if reassociate and eip.eni is not None and eip.eni is not target:
        self.disassociate_address(address=eip.public_ip)
    return original(self, instance, eni, address, allocation_id, reassociate)


def _add_addresses(backend: Any, eni: Any, count: int) -> None:
    for _ in range(count):
        address = free_address(backend, eni.subnet)
        eni.private_ip_addresses.append({"Primary": False, "PrivateIpAddress": address})


def _taken(backend: Any, subnet: Any) -> set[str]:
    return {
        item["PrivateIpAddress"]
        for eni in backend.enis.values()
        if eni.subnet.id == subnet.id
        for item in eni.private_ip_addresses
    }


def _check_addresses(self: Any, subnet: Any, addresses: list[str]) -> None:
    network, taken = ipaddress.ip_network(subnet.cidr_block), _taken(self, subnet)
    for address in addresses:
        number = int(ipaddress.ip_address(address))
        first, last = int(network.network_address), int(network.broadcast_address)
        if not first <= number <= last:
            raise EC2ClientError(
                "InvalidParameterValue", f"Address {address} does not fall within the subnet's address range"
            )
        if number < first + _RESERVED_FIRST or number == last:
            raise EC2ClientError(
                "InvalidParameterValue", f"Address {address} is in subnet's reserved address range"
            )
        if address in taken:
            raise EC2ClientError("InvalidIPAddress.InUse", f"Address {address} is in use.")


def _check_groups(self: Any, subnet: Any, group_ids: list[str]) -> None:
    for identity in group_ids:
        group = self.get_security_group_from_id(identity)
        if group is None:
            raise EC2ClientError("InvalidGroup.NotFound", f"The security group '{identity}' does not exist")
        if group.vpc_id != subnet.vpc_id:
            raise EC2ClientError(
                "InvalidParameter",
                f"Security group {identity} and subnet {subnet.id} belong to different networks.",
            )
