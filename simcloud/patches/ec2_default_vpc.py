"""The VPC that every region has."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.vpcs import VPCBackend

from simcloud.patches import around


# AWS: «Default VPC components»: an internet gateway, and a route to it in the main route table; from memory of AWS's
# documentation, not verified.
@around(VPCBackend)
def create_default_vpc(original: Any, self: Any) -> Any:
    """AWS: the default VPC leads to the internet; moto: it has no gateway."""
    vpc = original(self)
    gateway = self.create_internet_gateway()
    self.attach_internet_gateway(gateway.id, vpc.id)
    main = next(table for table in self.route_tables.values() if table.vpc_id == vpc.id)
    self.create_route(main.id, "0.0.0.0/0", gateway_id=gateway.id)
    return vpc
