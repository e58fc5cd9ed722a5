"""NAT gateways that span the zones of a region: what they need, and what they say of their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

MODES = ("zonal", "regional")

# What belongs to one zone, or to gateways without a public address.
_ZONAL = (
    "subnetId",
    "allocationId",
    "privateIp",
    "secondaryAllocationIds",
    "secondaryPrivateIpAddresses",
    "secondaryPrivateIpAddressCount",
)


def is_regional(new: Props) -> bool:
    """Whether the gateway is, or shall be, a regional one."""
    return new.get("availabilityMode") == "regional"


def requested(new: Props) -> list[dict[str, Any]] | None:
    """The addresses per zone as the API wants them."""
    found = [
        without_none(
            {
                "AvailabilityZone": item.get("availabilityZone"),
                "AvailabilityZoneId": item.get("availabilityZoneId"),
                "AllocationIds": item.get("allocationIds"),
            }
        )
        for item in new.get("availabilityZoneAddresses") or ()
    ]
    return found or None


def read(found: Mapping[str, Any], given: Props) -> Props:
    """The properties of either kind that tell where the gateway is."""
    if found.get("AvailabilityMode") != "regional":
        return {
            "autoProvisionZones": "",
            "autoScalingIps": "",
            "availabilityMode": "zonal",
            "regionalNatGatewayAddresses": [],
            "routeTableId": "",
        }
    addresses = found["NatGatewayAddresses"]
    automatic = found["AutoProvisionZones"] == "enabled"
    return {
        "autoProvisionZones": found["AutoProvisionZones"],
        "autoScalingIps": found["AutoScalingIps"],
        "availabilityMode": "regional",
        "availabilityZoneAddresses": [] if automatic else _by_zone(addresses, given),
        "regionalNatGatewayAddresses": [_address(address) for address in addresses],
        "routeTableId": found["RouteTableId"],
    }


def change(ctx: Context, identity: str, new: Props) -> None:
    """Give and take addresses zone by zone."""
    ec2 = ctx.client("ec2")
    found = ec2.describe_nat_gateways(NatGatewayIds=[identity])["NatGateways"][0]["NatGatewayAddresses"]
    wanted = {allocation: item for item in requested(new) or () for allocation in item["AllocationIds"]}
    gone = [address["AssociationId"] for address in found if address["AllocationId"] not in wanted]
    had = {address["AllocationId"] for address in found}
    for allocation, item in wanted.items():
        if allocation not in had:
            where = {key: value for key, value in item.items() if key != "AllocationIds"}
            ec2.associate_nat_gateway_address(NatGatewayId=identity, AllocationIds=[allocation], **where)
    if gone:
        ec2.disassociate_nat_gateway_address(NatGatewayId=identity, AssociationIds=gone)


def problems(new: Props) -> Iterator[Refusal]:
    """What does not go with a regional gateway. AWS: `aws.ec2.NatGateway`, Pulumi registry, read 2026-11."""
    if new.get("vpcId") is None:
        yield Refusal("MissingParameter", "a regional NAT gateway needs a VPC.", "vpcId")
    if new.get("connectivityType") == "private":
        yield Refusal(
            "InvalidParameterCombination", "a regional NAT gateway is a public one.", "connectivityType"
        )
    for name in _ZONAL:
        if new.get(name) is not None:
            yield Refusal(
                "InvalidParameterCombination",
                f"{name} does not go with a regional NAT gateway.",
                name,
                "use availabilityZoneAddresses for addresses of your own.",
            )
    for position, item in enumerate(new.get("availabilityZoneAddresses") or ()):
        if (item.get("availabilityZone") is None) == (item.get("availabilityZoneId") is None):
            yield Refusal(
                "InvalidParameterCombination",
                "a zone has either a name or an id here.",
                f"availabilityZoneAddresses[{position}]",
            )


def zonal_problems(new: Props) -> Iterator[Refusal]:
    """What does not go with a zonal one."""
    if new.get("availabilityZoneAddresses"):
        yield Refusal(
            "InvalidParameterCombination",
            "availabilityZoneAddresses is for regional NAT gateways only.",
            "availabilityZoneAddresses",
        )


def _by_zone(addresses: list[Mapping[str, Any]], given: Props) -> list[Props]:
    """As given where that is still so: zones by name or id, in the order of the program."""
    held: dict[str, list[str]] = {}
    for address in addresses:
        held.setdefault(address["AvailabilityZone"], []).append(address["AllocationId"])
    ids = {address["AvailabilityZoneId"]: address["AvailabilityZone"] for address in addresses}
    found = []
    for item in given.get("availabilityZoneAddresses") or ():
        zone = item.get("availabilityZone") or ids.get(item.get("availabilityZoneId"), "")
        allocations = held.pop(zone, [])
        same = sorted(allocations) == sorted(item.get("allocationIds") or ())
        found.append(item if same else {**item, "allocationIds": allocations})
    return found + [{"availabilityZone": zone, "allocationIds": own} for zone, own in held.items()]


def _address(address: Mapping[str, Any]) -> Props:
    return {
        "allocationId": address["AllocationId"],
        "associationId": address["AssociationId"],
        "availabilityZone": address["AvailabilityZone"],
        "availabilityZoneId": address["AvailabilityZoneId"],
        "networkInterfaceId": address.get("NetworkInterfaceId") or "",
        "publicIp": address["PublicIp"],
        "status": address["Status"],
    }
