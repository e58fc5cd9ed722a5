"""Routes that EC2 refuses and moto takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.route_tables import Route, RouteBackend

from simcloud.patches import around


@around(RouteBackend)
def create_route(original: Any, self: Any, route_table_id: str, *args: Any, **kwargs: Any) -> Any:
    """AWS: a target lies in the table's VPC; moto: anywhere, or nowhere."""
    _check(self, route_table_id, kwargs)
    return original(self, route_table_id, *args, **kwargs)


@around(RouteBackend)
def replace_route(original: Any, self: Any, route_table_id: str, *args: Any, **kwargs: Any) -> Any:
    """AWS: a target lies in the table's VPC; moto: anywhere, or nowhere."""
    _check(self, route_table_id, kwargs)
    return original(self, route_table_id, *args, **kwargs)


def _check(self: Any, table: str, targets: dict[str, Any]) -> None:
    vpc_id = self.get_route_table(table).vpc_id
    for name, check in _CHECKS.items():
        if targets.get(name):
            check(self, table, vpc_id, targets[name])


def _internet_gateway(self: Any, table: str, vpc_id: str, target: str) -> None:
    gateway = self.internet_gateways.get(target)
    if gateway is not None and (gateway.vpc is None or gateway.vpc.id != vpc_id):
        raise _apart(table, f"network gateway {target}")


def _nat_gateway(self: Any, table: str, vpc_id: str, target: str) -> None:
    gateway = self.nat_gateways.get(target)
    if gateway is None or gateway.state == "deleted":
        raise EC2ClientError("InvalidNatGatewayID.NotFound", f"The natGateway ID '{target}' does not exist")
    if gateway.vpc_id != vpc_id:
        raise _apart(table, f"NAT gateway {target}")


def _egress_only_gateway(self: Any, table: str, vpc_id: str, target: str) -> None:
    if self.get_egress_only_igw(target).vpc_id != vpc_id:
        raise _apart(table, f"egress-only internet gateway {target}")


def _transit_gateway(self: Any, table: str, vpc_id: str, target: str) -> None:
    # AWS: hashicorp/terraform-provider-aws#10025, read 2026-11: a hub that the VPC is not attached to «does not exist»
    if target not in self.transit_gateways or not _is_attached(self, vpc_id, target):
        raise EC2ClientError(
            "InvalidTransitGatewayID.NotFound",
            f"The transitGateway ID '{target}' does not exist, or VPC {vpc_id} is not attached to it.",
        )


def _interface(self: Any, table: str, vpc_id: str, target: str) -> None:
    if self.get_network_interface(target).subnet.vpc_id != vpc_id:
        raise _apart(table, f"interface {target}")


def _peering(self: Any, table: str, vpc_id: str, target: str) -> None:
    connection = self.get_vpc_peering_connection(target)
    if vpc_id not in (connection.vpc.id, connection.peer_vpc.id):
        raise _apart(table, f"vpc peering connection {target}")
    if connection._status.code not in ("pending-acceptance", "active"):
        raise EC2ClientError(
            "InvalidVpcPeeringConnectionID.NotFound", f"The vpcPeeringConnection ID '{target}' does not exist"
        )


_CHECKS: Mapping[str, Callable[[Any, str, str, str], None]] = {
    "gateway_id": _internet_gateway,
    "nat_gateway_id": _nat_gateway,
    "egress_only_igw_id": _egress_only_gateway,
    "transit_gateway_id": _transit_gateway,
    "interface_id": _interface,
    "vpc_peering_connection_id": _peering,
}


def _apart(table: str, target: str) -> EC2ClientError:
    return EC2ClientError(
        "InvalidParameterValue", f"route table {table} and {target} belong to different networks"
    )


def _is_attached(self: Any, vpc_id: str, hub: str) -> bool:
    return any(
        attachment.transit_gateway_id == hub and attachment.resource_id == vpc_id
        for attachment in self.transit_gateway_attachments.values()
    )


def _state(self: Any) -> str:
    """AWS: a route whose target is gone, detached or not yet accepted is a blackhole; moto: always active."""
    return "active" if self.local or _leads_somewhere(self, self.route_table.ec2_backend) else "blackhole"


def _leads_somewhere(route: Any, backend: Any) -> bool:
    vpc_id = route.route_table.vpc_id
    if route.nat_gateway is not None:
        return route.nat_gateway.state not in ("deleted", "deleting", "failed")
    if route.transit_gateway is not None:
        return _is_attached(backend, vpc_id, route.transit_gateway.id)
    if route.interface is not None:
        return route.interface.id in backend.enis and route.interface.status == "in-use"
    if route.vpc_pcx is not None:
        return bool(route.vpc_pcx._status.code == "active")
    if route.egress_only_igw is not None:
        return route.egress_only_igw.id in backend.egress_only_internet_gateways
    if route.gateway is not None and route.gateway.id in backend.internet_gateways:
        return route.gateway.vpc is not None and route.gateway.vpc.id == vpc_id
    return True


Route.state = property(_state)  # type: ignore[assignment,method-assign]
