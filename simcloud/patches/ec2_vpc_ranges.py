"""Further ranges of a VPC: what may stand beside what."""

from __future__ import annotations

import ipaddress
from typing import Any

from moto.ec2.exceptions import DependencyViolationError, EC2ClientError
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPC, VPCBackend

from simcloud.patches import around

_TEN, _ONE_SEVEN_TWO, _ONE_NINE_TWO = "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"
# AWS: «IPv4 CIDR block association restrictions», VPC User Guide; per reference notes, not verified against AWS.
_RESTRICTED = {
    _TEN: (_ONE_SEVEN_TWO, _ONE_NINE_TWO),
    _ONE_SEVEN_TWO: (_TEN, _ONE_NINE_TWO),
    _ONE_NINE_TWO: (_TEN, _ONE_SEVEN_TWO),
}
_ALWAYS_RESTRICTED = "198.19.0.0/16"


@around(VPCBackend)
def associate_vpc_cidr_block(
    original: Any, self: Any, vpc_id: str, cidr_block: Any, amazon_provided_ipv6_cidr_block: bool
) -> Any:
    """AWS: refuses overlapping and unsuitable ranges; moto: takes any."""
    if not amazon_provided_ipv6_cidr_block:
        _check(self.get_vpc(vpc_id), str(cidr_block))
    return original(self, vpc_id, cidr_block, amazon_provided_ipv6_cidr_block)


@around(VPCBackend)
def disassociate_vpc_cidr_block(original: Any, self: Any, association_id: str) -> Any:
    """AWS: a range with subnets in it stays; moto: asks the wrong VPC for it and takes it away."""
    for vpc in list(self.vpcs.values()):
        block = vpc._cidr_block_association_set.get(association_id)
        if block is not None:
            _check_empty(self, vpc, block["cidr_block"])
            answer = vpc.disassociate_vpc_cidr_block(association_id)
            _drop_local_routes(self, vpc.id, block["cidr_block"])
            return answer
    raise EC2ClientError(
        "InvalidVpcCidrBlockAssociationID.NotFound",
        f"The vpc CIDR block association ID '{association_id}' does not exist",
    )


@around(VPC)
def get_cidr_block_association_set(original: Any, self: Any, ipv6: bool = False) -> Any:
    """AWS: a former range is soon forgotten; moto: tells of it until there is another."""
    return [item for item in original(self, ipv6) if item["cidr_block_state"]["state"] != "disassociated"]


@around(SubnetBackend)
def associate_subnet_cidr_block(original: Any, self: Any, subnet_id: str, ipv6_cidr_block: str) -> Any:
    """AWS: refuses a range outside the VPC's; moto: takes any."""
    subnet = self.get_subnet(subnet_id)
    check_subnet_ipv6(self, subnet.vpc_id, ipv6_cidr_block)
    return original(self, subnet_id, ipv6_cidr_block)


@around(SubnetBackend)
def create_subnet(
    original: Any,
    self: Any,
    vpc_id: str,
    cidr_block: Any,
    ipv6_cidr_block: Any = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """AWS: refuses an IPv6 range outside the VPC's; moto: takes any."""
    if ipv6_cidr_block:
        check_subnet_ipv6(self, vpc_id, ipv6_cidr_block)
    return original(self, vpc_id, cidr_block, ipv6_cidr_block, *args, **kwargs)


def check_subnet_ipv6(self: Any, vpc_id: str, cidr: str) -> None:
    """Raise AWS's error if the IPv6 range of a subnet is not free within its VPC."""
    network = ipaddress.IPv6Network(cidr)
    blocks = [block["cidr_block"] for block in self.get_vpc(vpc_id).get_cidr_block_association_set(ipv6=True)]
    if not any(network.subnet_of(ipaddress.IPv6Network(block)) for block in blocks):
        raise EC2ClientError(
            "InvalidSubnet.Range", f"The CIDR '{cidr}' is invalid: it is not within the VPC's {blocks}."
        )
    for other in self.describe_subnets(filters={"vpc-id": [vpc_id]}):
        for taken in other.ipv6_cidr_block_association_set:
            if network.overlaps(ipaddress.IPv6Network(taken["ipv6CidrBlock"])):
                raise EC2ClientError(
                    "InvalidSubnet.Conflict", f"The CIDR '{cidr}' conflicts with another subnet"
                )


def _check(vpc: Any, cidr: str) -> None:
    network = ipaddress.ip_network(cidr)
    if not 16 <= network.prefixlen <= 28:
        raise EC2ClientError("InvalidVpc.Range", f"The CIDR '{cidr}' is invalid.")
    for block in vpc.get_cidr_block_association_set():
        if network.overlaps(ipaddress.ip_network(block["cidr_block"])):
            raise EC2ClientError(
                "InvalidVpc.Range", f"The CIDR '{cidr}' conflicts with the VPC's {block['cidr_block']}."
            )
    primary = ipaddress.ip_network(vpc.cidr_block)
    for home, foreign in _RESTRICTED.items():
        inside = primary.subnet_of(ipaddress.ip_network(home))  # type: ignore[arg-type]
        for other in (*foreign, _ALWAYS_RESTRICTED) if inside else ():
            if network.overlaps(ipaddress.ip_network(other)):
                raise EC2ClientError(
                    "InvalidVpc.Range",
                    f"The CIDR '{cidr}' is restricted: nothing of {other} goes with {vpc.cidr_block}.",
                )


def _check_empty(self: Any, vpc: Any, cidr: str) -> None:
    network = ipaddress.ip_network(cidr)
    for subnet in self.describe_subnets(filters={"vpc-id": [vpc.id]}):
        taken = [item["ipv6CidrBlock"] for item in subnet.ipv6_cidr_block_association_set]
        ranges = [ipaddress.ip_network(item) for item in [subnet.cidr_block, *taken] if item]
        if any(item.version == network.version and item.subnet_of(network) for item in ranges):  # type: ignore[arg-type]
            raise DependencyViolationError(f"The CIDR block {cidr} has subnets and cannot be disassociated.")


def _drop_local_routes(self: Any, vpc_id: str, cidr: str) -> None:
    for table in self.route_tables.values():
        gone = [
            key
            for key, route in table._routes.items()
            if route.local and cidr in (route.destination_cidr_block, route.destination_ipv6_cidr_block)
        ]
        for key in gone if table.vpc_id == vpc_id else ():
            del table._routes[key]
