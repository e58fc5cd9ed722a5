"""Routes that EC2 refuses and moto takes."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.route_tables import RouteBackend

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
    gateway = self.internet_gateways.get(targets.get("gateway_id"))
    if gateway is not None and (gateway.vpc is None or gateway.vpc.id != vpc_id):
        raise _apart(table, f"network gateway {gateway.id}")
    nat_id = targets.get("nat_gateway_id")
    if nat_id is None:
        return
    nat = self.nat_gateways.get(nat_id)
    if nat is None or nat.state == "deleted":
        raise EC2ClientError("InvalidNatGatewayID.NotFound", f"The natGateway ID '{nat_id}' does not exist")
    if nat.vpc_id != vpc_id:
        raise _apart(table, f"NAT gateway {nat_id}")


def _apart(table: str, target: str) -> EC2ClientError:
    return EC2ClientError(
        "InvalidParameterValue", f"route table {table} and {target} belong to different networks"
    )
