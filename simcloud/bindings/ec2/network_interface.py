from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from . import _interface_changes


class NetworkInterface(Binding):
    """A network interface of one's own, for itself or attached to an instance."""

    token = "aws:ec2/networkInterface:NetworkInterface"
    service = "ec2"
    operation = "create_network_interface"
    parameters = {"Groups": "securityGroups"}
    replaces = frozenset({"interfaceType", "subnetId"})
    defaults = {"sourceDestCheck": True}
    tagging = tagging.EC2
    references = (
        Reference("subnetId", "subnet"),
        Reference("securityGroups[]", "security_group"),
        Reference("attachments[].instance", "instance"),
    )
    faults = {
        "InvalidIPAddress.InUse": "privateIps",
        "InvalidParameter": "securityGroups",
        "InvalidParameterValue": "privateIps",
        "InsufficientFreeAddressesInSubnet": "subnetId",
    }

    def request(self, ctx: Context, new: Props) -> Params:
        addresses = new.get("privateIps") or new.get("privateIpLists") or []
        sixes = new.get("ipv6Addresses") or new.get("ipv6AddressLists") or []
        return without_none(
            {
                "SubnetId": new["subnetId"],
                "Description": new.get("description"),
                "Groups": new.get("securityGroups") or None,
                "PrivateIpAddress": new.get("privateIp") if not addresses else None,
                "PrivateIpAddresses": _addresses(addresses),
                "SecondaryPrivateIpAddressCount": new.get("privateIpsCount") if not addresses else None,
                "Ipv6Addresses": [{"Ipv6Address": address} for address in sixes] or None,
                "Ipv6AddressCount": new.get("ipv6AddressCount") if not sixes else None,
                "InterfaceType": new.get("interfaceType"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["NetworkInterface"]["NetworkInterfaceId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        _interface_changes.apply(ctx, identity, new, {**self.defaults, **old} if old else {})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_network_interfaces(NetworkInterfaceIds=[identity])
        return _read(ctx, found["NetworkInterfaces"][0], given)

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """A primary IPv6 address cannot be taken away again."""
        return frozenset({"enablePrimaryIpv6"}) if old.get("enablePrimaryIpv6") is True else frozenset()

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _interface_changes.detach(ctx, identity)
        ctx.client("ec2").delete_network_interface(NetworkInterfaceId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for first, second in (("privateIps", "privateIpsCount"), ("ipv6Addresses", "ipv6AddressCount")):
            if new.get(first) and new.get(second):
                yield Refusal(
                    "InvalidParameterCombination", f"{first} and {second} exclude each other.", second
                )
        # AWS: «Amazon VPC quotas»: security groups per network interface; from memory, not verified.
        groups = new.get("securityGroups")
        if isinstance(groups, list) and len(groups) > 5:
            yield Refusal(
                "SecurityGroupsPerInterfaceLimitExceeded",
                f"{len(groups)} security groups given, at most 5 are allowed.",
                "securityGroups",
            )
        yield from _address_problems(ctx, new)


def _addresses(given: list[Any]) -> list[Params] | None:
    return [
        {"PrivateIpAddress": address, "Primary": position == 0} for position, address in enumerate(given)
    ] or None


def _address_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    subnet_id = new.get("subnetId")
    subnets = (
        ctx.client("ec2").describe_subnets(Filters=[{"Name": "subnet-id", "Values": [subnet_id]}])["Subnets"]
        if isinstance(subnet_id, str)
        else []
    )
    for position, address in enumerate(new.get("privateIps") or ()):
        if isinstance(address, str):
            yield from _one_address(address, f"privateIps[{position}]", subnets)


def _one_address(address: str, path: str, subnets: list[Any]) -> Iterator[Refusal]:
    try:
        wanted = ipaddress.IPv4Address(address)
    except ValueError:
        yield Refusal("InvalidParameterValue", f"invalid value for parameter address: {address}", path)
        return
    for subnet in subnets:
        if wanted not in ipaddress.IPv4Network(subnet["CidrBlock"]):
            yield Refusal(
                "InvalidParameterValue",
                f"Address {address} does not fall within the subnet's address range {subnet['CidrBlock']}",
                path,
            )


def _read(ctx: Context, found: Mapping[str, Any], given: Props) -> Props:
    addresses = [item["PrivateIpAddress"] for item in found["PrivateIpAddresses"]]
    sixes = [item["Ipv6Address"] for item in found.get("Ipv6Addresses", ())]
    return {
        "arn": ctx.arn("ec2", f"network-interface/{found['NetworkInterfaceId']}"),
        "attachments": _interface_changes.attachments(found),
        "connectionTrackingSpecification": given.get("connectionTrackingSpecification", {}),
        "description": found.get("Description") or "",
        "enablePrimaryIpv6": given.get("enablePrimaryIpv6", False),
        "interfaceType": found.get("InterfaceType", "interface"),
        "ipv4PrefixCount": given.get("ipv4PrefixCount", 0),
        "ipv4Prefixes": given.get("ipv4Prefixes", []),
        "ipv6AddressCount": len(sixes),
        "ipv6AddressLists": sixes,
        "ipv6Addresses": sixes,
        "ipv6PrefixCount": given.get("ipv6PrefixCount", 0),
        "ipv6Prefixes": given.get("ipv6Prefixes", []),
        "macAddress": found["MacAddress"],
        "outpostArn": "",
        "ownerId": found["OwnerId"],
        "privateDnsName": found.get("PrivateDnsName") or "",
        "privateIp": found["PrivateIpAddress"],
        "privateIpLists": addresses,
        "privateIps": addresses,
        "privateIpsCount": len(addresses) - 1,
        "securityGroups": [group["GroupId"] for group in found["Groups"]],
        "sourceDestCheck": found["SourceDestCheck"],
        "subnetId": found["SubnetId"],
    }
