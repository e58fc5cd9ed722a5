"""NAT gateways that span the zones of a region, which moto does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend
from moto.ec2.responses.nat_gateways import NatGateways
from moto.ec2.utils import (
    add_tag_specification,
    random_eip_allocation_id,
    random_eip_association_id,
    random_nat_gateway_id,
)

from simcloud.patches import around


class RegionalNatGateway(NatGateway):
    """A gateway with addresses per zone, no subnet and no interface of the customer's."""

    def __init__(self, backend: Any, vpc_id: str, wanted: Mapping[str, list[str]] | None) -> None:
        self.id = random_nat_gateway_id()
        self.subnet_id = None  # type: ignore[assignment]
        self.vpc_id = vpc_id
        self.state = "available"
        self.connectivity_type = "public"
        self.availability_mode = "regional"
        self.auto_scaling_ips = self.auto_provision_zones = "enabled" if wanted is None else "disabled"
        self._eni = None
        self._created_at = utcnow()
        self.ec2_backend = backend
        self.route_table_id = _route_table(backend, vpc_id)
        self.address_set = list(_automatic(backend, vpc_id) if wanted is None else _given(backend, wanted))


@around(NatGateways)
def create_nat_gateway(original: Any, self: Any) -> ActionResult:
    """AWS: a regional gateway needs a VPC and no subnet; moto: asks for the subnet."""
    if self._get_param("AvailabilityMode") != "regional":
        answer: ActionResult = original(self)
        return answer
    backend, vpc_id = self.ec2_backend, self._get_param("VpcId")
    backend.get_vpc(vpc_id)
    given = self._get_param("AvailabilityZoneAddresses") or None
    wanted = None if given is None else {_zone_name(backend, item): item["AllocationIds"] for item in given}
    kind: Any = RegionalNatGateway
    gateway = kind(backend, vpc_id, wanted)
    gateway.add_tags(add_tag_specification(self._get_param("TagSpecifications", [])))
    backend.nat_gateways[gateway.id] = gateway
    return ActionResult({"NatGateway": gateway})


@around(NatGatewayBackend)
def delete_nat_gateway(original: Any, self: Any, nat_gateway_id: str) -> Any:
    """AWS: addresses and route table of a regional gateway go with it; moto: has none."""
    gateway = self.nat_gateways.get(nat_gateway_id)
    if not isinstance(gateway, RegionalNatGateway):
        return original(self, nat_gateway_id)
    for address in gateway.address_set:
        _let_go(self, address)
    self.route_tables.pop(gateway.route_table_id, None)
    gateway.state = "deleted"
    return gateway


@around(NatGateways)
def associate_nat_gateway_address(original: Any, self: Any) -> ActionResult:
    """AWS: gives a zone of a regional gateway further elastic addresses; moto: has no such call."""
    gateway = self.ec2_backend.nat_gateways.get(self._get_param("NatGatewayId"))
    if not isinstance(gateway, RegionalNatGateway):
        answer: ActionResult = original(self)
        return answer
    zone = _zone_name(
        self.ec2_backend,
        {
            "AvailabilityZone": self._get_param("AvailabilityZone"),
            "AvailabilityZoneId": self._get_param("AvailabilityZoneId"),
        },
    )
    gateway.address_set += _given(self.ec2_backend, {zone: self._get_param("AllocationIds", [])})
    return ActionResult({"NatGatewayId": gateway.id, "NatGatewayAddresses": gateway.address_set})


@around(NatGateways)
def disassociate_nat_gateway_address(original: Any, self: Any) -> ActionResult:
    """AWS: takes elastic addresses of a regional gateway away; moto: has no such call."""
    gateway = self.ec2_backend.nat_gateways.get(self._get_param("NatGatewayId"))
    if not isinstance(gateway, RegionalNatGateway):
        answer: ActionResult = original(self)
        return answer
    gone = self._get_param("AssociationIds", [])
    for address in gateway.address_set:
        if address["associationId"] in gone:
            _let_go(self.ec2_backend, address)
    gateway.address_set = [item for item in gateway.address_set if item["associationId"] not in gone]
    return ActionResult({"NatGatewayId": gateway.id, "NatGatewayAddresses": gateway.address_set})


def _automatic(backend: Any, vpc_id: str) -> Iterator[dict[str, Any]]:
    """An address of AWS's choice in every zone in which the VPC has a subnet.

    AWS waits for a network interface there; here the subnet is taken for it.
    """
    zones = {zone: subnets for zone, subnets in backend.subnets.items() if _has(subnets, vpc_id)}
    for zone in sorted(zones):
        eip = backend.allocate_address("vpc")
        del backend.addresses[backend.addresses.index(eip)]
        yield _address(backend, zone, random_eip_allocation_id(), eip.public_ip)


def _given(backend: Any, wanted: Mapping[str, list[str]]) -> Iterator[dict[str, Any]]:
    for zone, allocations in wanted.items():
        for allocation in allocations:
            [eip] = backend.address_by_allocation([allocation])
            if eip.association_id:
                raise EC2ClientError(
                    "Resource.AlreadyAssociated",
                    f"Elastic IP address [{allocation}] is already associated",
                )
            address = _address(backend, zone, allocation, eip.public_ip)
            eip.association_id = address["associationId"]
            yield address


def _address(backend: Any, zone: str, allocation: str, public_ip: str) -> dict[str, Any]:
    [found] = backend.describe_availability_zones(zone_names=[zone])
    return {
        "allocationId": allocation,
        "associationId": random_eip_association_id(),
        "availabilityZone": zone,
        "availabilityZoneId": found.zone_id,
        "publicIp": public_ip,
        "status": "succeeded",
    }


def _let_go(backend: Any, address: Mapping[str, Any]) -> None:
    for eip in backend.addresses:
        if eip.association_id == address["associationId"]:
            eip.association_id = None


def _zone_name(backend: Any, item: Mapping[str, Any]) -> str:
    if name := item.get("AvailabilityZone"):
        return str(name)
    [found] = backend.describe_availability_zones(zone_ids=[item["AvailabilityZoneId"]])
    return str(found.name)


def _route_table(backend: Any, vpc_id: str) -> str:
    """The gateway's own way to the internet."""
    table = backend.create_route_table(vpc_id)
    for gateway in backend.internet_gateways.values():
        if gateway.vpc and gateway.vpc.id == vpc_id:
            backend.create_route(table.id, "0.0.0.0/0", gateway_id=gateway.id)
    return str(table.id)


def _has(subnets: Mapping[str, Any], vpc_id: str) -> bool:
    return any(subnet.vpc_id == vpc_id for subnet in subnets.values())
