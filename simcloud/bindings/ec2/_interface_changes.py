"""What can change on a network interface, one call per matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.values import Props


def apply(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Bring the interface from `old` (empty after creation) to `new`."""
    ec2 = ctx.client("ec2")
    if new.get("sourceDestCheck", True) != old.get("sourceDestCheck", True):
        ec2.modify_network_interface_attribute(
            NetworkInterfaceId=identity, SourceDestCheck={"Value": new["sourceDestCheck"]}
        )
    if old:
        _modify(ec2, identity, new, old)
        _addresses(ec2, identity, new, old)
    if "attachments" in new and new["attachments"] != old.get("attachments"):
        detach(ctx, identity)
        for attachment in new["attachments"]:
            ec2.attach_network_interface(
                NetworkInterfaceId=identity,
                InstanceId=attachment["instance"],
                DeviceIndex=int(attachment["deviceIndex"]),
            )


def detach(ctx: Context, identity: str) -> None:
    """Take the interface off its instance, if it is on one."""
    ec2 = ctx.client("ec2")
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[identity])["NetworkInterfaces"][0]
    for attachment in attachments(found):
        ec2.detach_network_interface(AttachmentId=attachment["attachmentId"], Force=True)


def attachments(found: Mapping[str, Any]) -> list[Props]:
    """Where the interface is attached, in the provider's words."""
    attachment = found.get("Attachment") or {}
    if not attachment.get("AttachmentId"):
        return []
    return [
        {
            "attachmentId": attachment["AttachmentId"],
            "deviceIndex": attachment["DeviceIndex"],
            "instance": attachment.get("InstanceId", ""),
            "networkCardIndex": attachment.get("NetworkCardIndex", 0),
        }
    ]


def _modify(ec2: Any, identity: str, new: Props, old: Props) -> None:
    if new.get("securityGroups") and new["securityGroups"] != old.get("securityGroups"):
        ec2.modify_network_interface_attribute(NetworkInterfaceId=identity, Groups=new["securityGroups"])
    if new.get("description") != old.get("description"):
        ec2.modify_network_interface_attribute(
            NetworkInterfaceId=identity, Description={"Value": new.get("description", "")}
        )


def _addresses(ec2: Any, identity: str, new: Props, old: Props) -> None:
    gone, fresh = _difference(new, old, "privateIps")
    if gone:
        ec2.unassign_private_ip_addresses(NetworkInterfaceId=identity, PrivateIpAddresses=gone)
    if fresh:
        ec2.assign_private_ip_addresses(NetworkInterfaceId=identity, PrivateIpAddresses=fresh)
    gone, fresh = _difference(new, old, "ipv6Addresses")
    if gone:
        ec2.unassign_ipv6_addresses(NetworkInterfaceId=identity, Ipv6Addresses=gone)
    if fresh:
        ec2.assign_ipv6_addresses(NetworkInterfaceId=identity, Ipv6Addresses=fresh)
    if new.get("privateIpsCount") is not None and new["privateIpsCount"] != old.get("privateIpsCount"):
        _count(ec2, identity, int(new["privateIpsCount"]))


def _difference(new: Props, old: Props, name: str) -> tuple[list[str], list[str]]:
    if name not in new or name not in old:
        return [], []
    before, after = old[name], new[name]
    return [item for item in before if item not in after], [item for item in after if item not in before]


def _count(ec2: Any, identity: str, wanted: int) -> None:
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[identity])["NetworkInterfaces"][0]
    secondary = [item["PrivateIpAddress"] for item in found["PrivateIpAddresses"] if not item.get("Primary")]
    if len(secondary) > wanted:
        ec2.unassign_private_ip_addresses(NetworkInterfaceId=identity, PrivateIpAddresses=secondary[wanted:])
    if len(secondary) < wanted:
        ec2.assign_private_ip_addresses(
            NetworkInterfaceId=identity, SecondaryPrivateIpAddressCount=wanted - len(secondary)
        )
