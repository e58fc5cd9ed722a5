from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from . import _nat_addresses


class NatGateway(Binding):
    """The way out of private subnets, in one availability zone."""

    token = "aws:ec2/natGateway:NatGateway"
    service = "ec2"
    operation = "create_nat_gateway"
    replaces = frozenset(
        {"allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"}
    )
    defaults = {"connectivityType": "public"}
    tagging = tagging.EC2
    references = (
        Reference("subnetId", "subnet"),
        Reference("allocationId", "eip"),
        Reference("secondaryAllocationIds[]", "eip"),
    )
    faults = {"Resource.AlreadyAssociated": "allocationId"}

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "SubnetId": new.get("subnetId"),
                "AllocationId": new.get("allocationId"),
                "ConnectivityType": new.get("connectivityType"),
                "PrivateIpAddress": new.get("privateIp"),
                "SecondaryAllocationIds": new.get("secondaryAllocationIds") or None,
                "SecondaryPrivateIpAddresses": new.get("secondaryPrivateIpAddresses") or None,
                "SecondaryPrivateIpAddressCount": new.get("secondaryPrivateIpAddressCount"),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        if new.get("connectivityType") == "public":
            _require_internet_gateway(ctx, str(new["subnetId"]))
        return super().create(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["NatGateway"]["NatGatewayId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_nat_gateways(NatGatewayIds=[identity])["NatGateways"][0]
        if found["State"] in ("deleted", "deleting"):
            return None
        address = found["NatGatewayAddresses"][0]
        return {
            "allocationId": address.get("AllocationId"),
            "associationId": address.get("AssociationId") or "",
            "autoProvisionZones": "",
            "autoScalingIps": "",
            "availabilityMode": "zonal",
            "connectivityType": found["ConnectivityType"],
            "networkInterfaceId": address["NetworkInterfaceId"],
            "privateIp": address["PrivateIp"],
            "publicIp": address.get("PublicIp") or "",
            "regionalNatGatewayAddresses": [],
            "regionalNatGatewayAutoMode": "",
            "routeTableId": "",
            **_nat_addresses.read(found),
            "subnetId": found["SubnetId"],
            "vpcId": found["VpcId"],
        }

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _nat_addresses.change(ctx, identity, new, old)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_nat_gateway(NatGatewayId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new.get("availabilityMode") == "regional":
            yield Refusal(
                "UnsupportedOperation",
                "the simulated cloud has zonal NAT gateways only.",
                "availabilityMode",
                "leave availabilityMode out.",
            )
            return
        mode = new.get("availabilityMode")
        if isinstance(mode, str) and mode != "zonal":
            yield Refusal(
                "InvalidParameterValue", f"value {mode!r} is not one of: regional, zonal", "availabilityMode"
            )
        yield from _private_address_problems(ctx, new)
        if new.get("subnetId") is None:
            yield Refusal("MissingParameter", "a zonal NAT gateway needs a subnet.", "subnetId")
        yield from _address_problems(new)


def _address_problems(new: Props) -> Iterator[Refusal]:
    kind, address = new.get("connectivityType"), new.get("allocationId")
    yield from _nat_addresses.problems(new)
    if kind == "public" and address is None:
        yield Refusal("MissingParameter", "a public NAT gateway needs an elastic IP address.", "allocationId")
    if kind == "private" and address is not None:
        yield Refusal(
            "InvalidParameterCombination", "a private NAT gateway has no elastic IP address.", "allocationId"
        )


def _private_address_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    address, subnet_id = new.get("privateIp"), new.get("subnetId")
    if not isinstance(address, str):
        return
    try:
        wanted = ipaddress.IPv4Address(address)
    except ValueError:
        yield Refusal("InvalidParameterValue", f"{address!r} is not an IPv4 address.", "privateIp")
        return
    for subnet in _subnets(ctx, subnet_id) if isinstance(subnet_id, str) else ():
        if wanted not in ipaddress.IPv4Network(subnet["CidrBlock"]):
            yield Refusal(
                "InvalidParameterValue",
                f"Address {address} does not fall within the subnet's address range {subnet['CidrBlock']}.",
                "privateIp",
            )


def _subnets(ctx: Context, subnet_id: str) -> list[dict[str, Any]]:
    wanted = [{"Name": "subnet-id", "Values": [subnet_id]}]
    found: list[dict[str, Any]] = ctx.client("ec2").describe_subnets(Filters=wanted)["Subnets"]
    return found


def _require_internet_gateway(ctx: Context, subnet_id: str) -> None:
    """AWS takes the gateway, then fails it with Gateway.NotAttached; the provider reports that as an error."""
    ec2 = ctx.client("ec2")
    vpc_id = ec2.describe_subnets(SubnetIds=[subnet_id])["Subnets"][0]["VpcId"]
    attached = [{"Name": "attachment.vpc-id", "Values": [vpc_id]}]
    if not ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]:
        raise Refusal(
            "Gateway.NotAttached",
            f"Network {vpc_id} has no Internet gateway attached",
            "subnetId",
            "attach an internet gateway first (depends_on).",
        )
