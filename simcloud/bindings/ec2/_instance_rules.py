"""What AWS refuses of instances and says in no model."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

from . import _disks

_FAMILIES_WITH_CREDITS = ("t2.", "t3.", "t3a.", "t4g.")
# AWS: API reference of RunInstances (botocore 1.44.5), read 2026-11: limited to 16 KB, in raw form.
_MOST_USER_DATA = 16384


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with the inputs, as far as they are known."""
    template = new.get("launchTemplate")
    for name in ("ami", "instanceType"):
        if new.get(name) is None and not template:
            yield Refusal("MissingParameter", f"The request must contain the parameter {name}.", name)
    yield from fitting(ctx, new.get("ami"), new.get("instanceType"))
    yield from _exclusive(new)
    yield from _user_data_problems(new)
    yield from _disk_problems(new)
    yield from _placement_problems(ctx, new)
    credit, kind = new.get("creditSpecification"), new.get("instanceType")
    if credit and isinstance(kind, str) and not kind.startswith(_FAMILIES_WITH_CREDITS):
        yield Refusal(
            "InvalidParameterCombination",
            f"CpuCredits can only be specified for T2, T3, T3a and T4g instances, not for {kind}.",
            "creditSpecification",
        )


def fitting(ctx: Context, image_id: Any, kind: Any, path: str = "instanceType") -> Iterator[Refusal]:
    """Whether the type runs what the image is built for."""
    if not isinstance(image_id, str) or not isinstance(kind, str):
        return
    ec2 = ctx.client("ec2")
    images = ec2.describe_images(Filters=[{"Name": "image-id", "Values": [image_id]}])["Images"]
    types = ec2.describe_instance_types(Filters=[{"Name": "instance-type", "Values": [kind]}])[
        "InstanceTypes"
    ]
    for image in images:
        for item in types:
            supported = item.get("ProcessorInfo", {}).get("SupportedArchitectures", [])
            if supported and image.get("Architecture") not in supported:
                yield Refusal(
                    "InvalidParameterValue",
                    f"The architecture '{','.join(supported)}' of the specified instance type {kind} does not match "
                    f"the architecture '{image.get('Architecture')}' of the specified AMI {image_id}.",
                    path,
                    "take an instance type and an image of one architecture.",
                )


def _exclusive(new: Props) -> Iterator[Refusal]:
    pairs = (
        ("userData", "userDataBase64"),
        ("networkInterfaces", "subnetId"),
        ("networkInterfaces", "vpcSecurityGroupIds"),
        ("networkInterfaces", "associatePublicIpAddress"),
        ("primaryNetworkInterface", "subnetId"),
        ("primaryNetworkInterface", "vpcSecurityGroupIds"),
        ("ipv6Addresses", "ipv6AddressCount"),
    )
    for first, second in pairs:
        if new.get(first) and new.get(second) not in (None, []):
            yield Refusal("InvalidParameterCombination", f"{first} and {second} exclude each other.", second)


def _user_data_problems(new: Props) -> Iterator[Refusal]:
    text = new.get("userData")
    if isinstance(text, str) and len(text.encode()) > _MOST_USER_DATA:
        yield Refusal(
            "InvalidParameterValue",
            f"User data is limited to {_MOST_USER_DATA} bytes, got {len(text.encode())}.",
            "userData",
        )


def _disk_problems(new: Props) -> Iterator[Refusal]:
    root = new.get("rootBlockDevice")
    if isinstance(root, Mapping):
        yield from _disks.problems(root, "volumeSize", "volumeType", "rootBlockDevice.")
    seen: set[str] = set()
    for position, disk in enumerate(new.get("ebsBlockDevices") or ()):
        if not isinstance(disk, Mapping):
            continue
        path = f"ebsBlockDevices[{position}]"
        yield from _disks.problems(disk, "volumeSize", "volumeType", f"{path}.")
        name = disk.get("deviceName")
        if isinstance(name, str) and name in seen:
            yield Refusal(
                "InvalidBlockDeviceMapping", f"Device name {name} is there twice.", f"{path}.deviceName"
            )
        seen.add(str(name))
        if is_known(dict(disk)) and disk.get("volumeSize") is None and disk.get("snapshotId") is None:
            yield Refusal("MissingParameter", "a disk needs volumeSize or snapshotId.", path)


def _placement_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    subnet, zone = new.get("subnetId"), new.get("availabilityZone")
    groups = [group for group in new.get("vpcSecurityGroupIds") or () if isinstance(group, str)]
    if not isinstance(subnet, str):
        return
    ec2 = ctx.client("ec2")
    for found in ec2.describe_subnets(Filters=[{"Name": "subnet-id", "Values": [subnet]}])["Subnets"]:
        if isinstance(zone, str) and zone != found["AvailabilityZone"]:
            yield Refusal(
                "InvalidParameterValue",
                f"The subnet {subnet} is in {found['AvailabilityZone']}, not in {zone}.",
                "availabilityZone",
            )
        yield from _address_problems(new.get("privateIp"), found["CidrBlock"])
        wanted = [{"Name": "group-id", "Values": groups}]
        for group in ec2.describe_security_groups(Filters=wanted)["SecurityGroups"] if groups else ():
            if group["VpcId"] != found["VpcId"]:
                position = (new.get("vpcSecurityGroupIds") or []).index(group["GroupId"])
                yield Refusal(
                    "InvalidParameter",
                    f"Security group {group['GroupId']} and subnet {subnet} belong to different networks.",
                    f"vpcSecurityGroupIds[{position}]",
                )


def _address_problems(address: Any, cidr: str) -> Iterator[Refusal]:
    if not isinstance(address, str):
        return
    try:
        inside = ipaddress.IPv4Address(address) in ipaddress.IPv4Network(cidr)
    except ValueError:
        inside = False
    if not inside:
        yield Refusal(
            "InvalidParameterValue",
            f"Address {address} does not fall within the subnet's address range {cidr}",
            "privateIp",
        )
