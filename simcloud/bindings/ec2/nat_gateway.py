from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from . import _nat_addresses, _regional_nat


class NatGateway(Binding):
    """The way out of private subnets, in one availability zone or all of them."""

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
        Reference("vpcId", "vpc"),
        Reference("availabilityZoneAddresses[].allocationIds[]", "eip"),
    )
    faults = {"Resource.AlreadyAssociated": "allocationId"}

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "AvailabilityMode": new.get("availabilityMode"),
                "AvailabilityZoneAddresses": _regional_nat.requested(new),
                "VpcId": new.get("vpcId") if _regional_nat.is_regional(new) else None,
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
            _require_internet_gateway(ctx, new)
        return super().create(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["NatGateway"]["NatGatewayId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_nat_gateways(NatGatewayIds=[identity])["NatGateways"][0]
        if found["State"] in ("deleted", "deleting"):
            return None
        return {
            "connectivityType": found["ConnectivityType"],
            "regionalNatGatewayAutoMode": "",
            **_nat_addresses.read(found),
            **_regional_nat.read(found, given),
            "subnetId": found.get("SubnetId"),
            "vpcId": found["VpcId"],
        }

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and _regional_nat.is_regional(new):
            _regional_nat.change(ctx, identity, new)
        elif old:
            _nat_addresses.change(ctx, identity, new, old)

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """A gateway that finds its zones by itself does not take to being told, nor the other way round."""
        told = [bool(props.get("availabilityZoneAddresses")) for props in (old, new)]
        return frozenset({"availabilityZoneAddresses"}) if told[0] != told[1] else frozenset()

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_nat_gateway(NatGatewayId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if _regional_nat.is_regional(new):
            yield from _regional_nat.problems(new)
            return
        mode = new.get("availabilityMode")
        if isinstance(mode, str) and mode not in _regional_nat.MODES:
            yield Refusal(
                "InvalidParameterValue", f"value {mode!r} is not one of: regional, zonal", "availabilityMode"
            )
        yield from _regional_nat.zonal_problems(new)
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


def _require_internet_gateway(ctx: Context, new: Props) -> None:
    """AWS takes the gateway, then fails it with Gateway.NotAttached; the provider reports that as an error."""
    ec2 = ctx.client("ec2")
    regional, subnet_id = _regional_nat.is_regional(new), new.get("subnetId")
    vpc_id = new["vpcId"] if regional else ec2.describe_subnets(SubnetIds=[subnet_id])["Subnets"][0]["VpcId"]
    attached = [{"Name": "attachment.vpc-id", "Values": [vpc_id]}]
    if not ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]:
        raise Refusal(
            "Gateway.NotAttached",
            f"Network {vpc_id} has no Internet gateway attached",
            "vpcId" if regional else "subnetId",
            "attach an internet gateway first (depends_on).",
        )
