"""Further addresses of NAT gateways, which moto does not know."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.nat_gateways import NatGateways

from simcloud.patches import adds, around
from simcloud.patches.ec2_interfaces import free_address


@around(NatGateways)
def create_nat_gateway(original: Any, self: Any) -> ActionResult:
    """AWS: takes private and secondary addresses; moto: drops them."""
    backend = self.ec2_backend
    answer: ActionResult = original(self)
    gateway = list(backend.nat_gateways.values())[-1]
    if wanted := self._get_param("PrivateIpAddress"):
        _move(gateway, wanted)
    eips = self._get_param("SecondaryAllocationIds", [])
    addresses = self._get_param("SecondaryPrivateIpAddresses", [])
    count = int(self._get_param("SecondaryPrivateIpAddressCount") or 0)
    _grow(backend, gateway, eips, addresses, max(count, len(eips)))
    return answer


@adds(NatGateways)
def associate_nat_gateway_address(self: Any) -> ActionResult:
    """AWS: gives a public gateway further elastic addresses; moto: has no such call."""
    gateway = _gateway(self)
    eips = self._get_param("AllocationIds", [])
    _grow(self.ec2_backend, gateway, eips, self._get_param("PrivateIpAddresses", []), len(eips))
    return _answer(gateway)


@adds(NatGateways)
def disassociate_nat_gateway_address(self: Any) -> ActionResult:
    """AWS: takes further elastic addresses away; moto: has no such call."""
    gateway, gone = _gateway(self), self._get_param("AssociationIds", [])
    for address in gateway.address_set[1:]:
        if address.get("associationId") in gone:
            self.ec2_backend.disassociate_address(association_id=address["associationId"])
            _shrink(gateway, address)
    return _answer(gateway)


@adds(NatGateways)
def assign_private_nat_gateway_address(self: Any) -> ActionResult:
    """AWS: gives a private gateway further addresses; moto: has no such call."""
    gateway, addresses = _gateway(self), self._get_param("PrivateIpAddresses", [])
    count = int(self._get_param("PrivateIpAddressCount") or 0)
    _grow(self.ec2_backend, gateway, [], addresses, count)
    return _answer(gateway)


@adds(NatGateways)
def unassign_private_nat_gateway_address(self: Any) -> ActionResult:
    """AWS: takes further addresses away; moto: has no such call."""
    gateway, gone = _gateway(self), self._get_param("PrivateIpAddresses", [])
    for address in gateway.address_set[1:]:
        if address["privateIp"] in gone:
            _shrink(gateway, address)
    return _answer(gateway)


def _gateway(self: Any) -> Any:
    identity = self._get_param("NatGatewayId")
    gateway = self.ec2_backend.nat_gateways.get(identity)
    if gateway is None or gateway.state == "deleted":
        raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {identity} was not found")
    return gateway


def _answer(gateway: Any) -> ActionResult:
    return ActionResult({"NatGatewayId": gateway.id, "NatGatewayAddresses": gateway.address_set})


def _move(gateway: Any, address: str) -> None:
    """Give the gateway another primary address."""
    gateway._eni.private_ip_address = gateway.address_set[0]["privateIp"] = address
    gateway._eni.private_ip_addresses[0]["PrivateIpAddress"] = address


def _grow(backend: Any, gateway: Any, eips: list[str], addresses: list[str], count: int) -> None:
    eni = gateway._eni
    for number in range(max(count, len(addresses))):
        private = addresses[number] if number < len(addresses) else free_address(backend, eni.subnet)
        eni.private_ip_addresses.append({"Primary": False, "PrivateIpAddress": private})
        entry = {"networkInterfaceId": eni.id, "privateIp": private, "isPrimary": False}
        if number < len(eips):
            entry |= _public(backend, eni, eips[number])
        gateway.address_set.append(entry)


def _public(backend: Any, eni: Any, allocation: str) -> dict[str, Any]:
    primary = eni.public_ip
    eip = backend.associate_address(eni=eni, allocation_id=allocation)
    # The interface shows its primary address, whatever was associated last.
    eni.public_ip = primary
    return {"allocationId": allocation, "associationId": eip.association_id, "publicIp": eip.public_ip}


def _shrink(gateway: Any, address: dict[str, Any]) -> None:
    gateway.address_set = [item for item in gateway.address_set if item is not address]
    gateway._eni.private_ip_addresses = [
        item for item in gateway._eni.private_ip_addresses if item["PrivateIpAddress"] != address["privateIp"]
    ]
