"""Further addresses of a NAT gateway: elastic ones if it is public, just private ones otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def read(found: Mapping[str, Any]) -> Props:
    """The properties that tell of them and of the first; a regional gateway has none of these."""
    if found.get("AvailabilityMode") == "regional":
        return {}
    address, *more = found["NatGatewayAddresses"]
    return {
        "allocationId": address.get("AllocationId"),
        "associationId": address.get("AssociationId") or "",
        "networkInterfaceId": address["NetworkInterfaceId"],
        "privateIp": address["PrivateIp"],
        "publicIp": address.get("PublicIp") or "",
        "secondaryAllocationIds": [item["AllocationId"] for item in more if item.get("AllocationId")],
        "secondaryPrivateIpAddressCount": len(more),
        "secondaryPrivateIpAddresses": [item["PrivateIp"] for item in more],
    }


def change(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Give and take addresses as `new` says."""
    ec2 = ctx.client("ec2")
    more = ec2.describe_nat_gateways(NatGatewayIds=[identity])["NatGateways"][0]["NatGatewayAddresses"][1:]
    if new.get("connectivityType") == "public":
        _elastic(ec2, identity, new.get("secondaryAllocationIds") or [], more)
    elif new.get("secondaryPrivateIpAddresses") != old.get("secondaryPrivateIpAddresses"):
        _private(ec2, identity, new.get("secondaryPrivateIpAddresses") or [], more)
    elif new.get("secondaryPrivateIpAddressCount") != old.get("secondaryPrivateIpAddressCount"):
        _count(ec2, identity, int(new.get("secondaryPrivateIpAddressCount") or 0), more)


def problems(new: Props) -> Iterator[Refusal]:
    """What goes with which kind of gateway."""
    kind, eips = new.get("connectivityType"), new.get("secondaryAllocationIds")
    addresses, count = new.get("secondaryPrivateIpAddresses"), new.get("secondaryPrivateIpAddressCount")
    if kind == "private" and eips:
        yield Refusal(
            "InvalidParameterCombination",
            "a private NAT gateway has no elastic IP addresses.",
            "secondaryAllocationIds",
        )
    if kind == "public" and count is not None:
        yield Refusal(
            "InvalidParameterCombination",
            "secondaryPrivateIpAddressCount is for private NAT gateways only.",
            "secondaryPrivateIpAddressCount",
        )
    if addresses and count is not None:
        yield Refusal(
            "InvalidParameterCombination",
            "secondaryPrivateIpAddresses and secondaryPrivateIpAddressCount exclude each other.",
            "secondaryPrivateIpAddressCount",
        )
    # AWS: «NAT gateway basics», VPC User Guide: 1 + 1 and 1 + 7 by default; from memory, not verified.
    if isinstance(count, int | float) and not 0 <= count <= 7:
        yield Refusal(
            "InvalidParameterValue",
            f"{count} addresses wanted, 0 to 7 are allowed.",
            "secondaryPrivateIpAddressCount",
        )


def _elastic(ec2: Any, identity: str, wanted: list[str], more: list[Any]) -> None:
    gone = [item["AssociationId"] for item in more if item.get("AllocationId") not in wanted]
    had = [item.get("AllocationId") for item in more]
    fresh = [allocation for allocation in wanted if allocation not in had]
    if gone:
        ec2.disassociate_nat_gateway_address(NatGatewayId=identity, AssociationIds=gone)
    if fresh:
        ec2.associate_nat_gateway_address(NatGatewayId=identity, AllocationIds=fresh)


def _private(ec2: Any, identity: str, wanted: list[str], more: list[Any]) -> None:
    had = [item["PrivateIp"] for item in more]
    gone = [address for address in had if address not in wanted]
    fresh = [address for address in wanted if address not in had]
    if gone:
        ec2.unassign_private_nat_gateway_address(NatGatewayId=identity, PrivateIpAddresses=gone)
    if fresh:
        ec2.assign_private_nat_gateway_address(NatGatewayId=identity, PrivateIpAddresses=fresh)


def _count(ec2: Any, identity: str, wanted: int, more: list[Any]) -> None:
    had = [item["PrivateIp"] for item in more]
    if len(had) > wanted:
        ec2.unassign_private_nat_gateway_address(NatGatewayId=identity, PrivateIpAddresses=had[wanted:])
    if len(had) < wanted:
        ec2.assign_private_nat_gateway_address(NatGatewayId=identity, PrivateIpAddressCount=wanted - len(had))
