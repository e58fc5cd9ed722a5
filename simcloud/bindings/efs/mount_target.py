from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_MEMBERS = _api.members(
    ("fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "securityGroups", "subnetId"),
    {},
    capital=True,
)
_MOST_GROUPS = 5


class MountTarget(Binding):
    """The address of a file system in one availability zone of a VPC."""

    token = "aws:efs/mountTarget:MountTarget"
    service = "efs"
    operation = "create_mount_target"
    replaces = frozenset({"fileSystemId", "subnetId", "ipAddress", "ipAddressType", "ipv6Address"})
    references = (
        Reference("fileSystemId", "file_system"),
        Reference("subnetId", "subnet"),
        Reference("securityGroups[]", "security_group"),
    )
    faults = {
        "MountTargetConflict": "subnetId",
        "AvailabilityZonesMismatch": "subnetId",
        "SecurityGroupNotFound": "securityGroups",
        "IpAddressInUse": "ipAddress",
    }

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "efs", "CreateMountTarget", new, _MEMBERS)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["MountTargetId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        groups = new.get("securityGroups")
        if old and groups is not None and groups != old.get("securityGroups"):
            ctx.client("efs").modify_mount_target_security_groups(
                MountTargetId=identity, SecurityGroups=groups
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        efs = ctx.client("efs")
        found = efs.describe_mount_targets(MountTargetId=identity)["MountTargets"][0]
        groups = efs.describe_mount_target_security_groups(MountTargetId=identity)["SecurityGroups"]
        system = found["FileSystemId"]
        dns = f"{system}.efs.{ctx.region}.amazonaws.com"
        return {
            "availabilityZoneId": found["AvailabilityZoneId"],
            "availabilityZoneName": found["AvailabilityZoneName"],
            "dnsName": dns,
            "mountTargetDnsName": f"{found['AvailabilityZoneName']}.{dns}",
            "fileSystemArn": ctx.arn("elasticfilesystem", f"file-system/{system}"),
            "fileSystemId": system,
            "ipAddress": found["IpAddress"],
            "ipAddressType": given.get("ipAddressType") or "IPV4_ONLY",
            "ipv6Address": given.get("ipv6Address") or "",
            "networkInterfaceId": found["NetworkInterfaceId"],
            "ownerId": found["OwnerId"],
            "securityGroups": groups,
            "subnetId": found["SubnetId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("efs").delete_mount_target(MountTargetId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        groups, address, subnet = new.get("securityGroups"), new.get("ipAddress"), new["subnetId"]
        # AWS: CreateMountTarget, EFS API Reference: up to five groups; from memory, not verified.
        if isinstance(groups, list) and len(groups) > _MOST_GROUPS:
            yield Refusal(
                "SecurityGroupLimitExceeded",
                f"{len(groups)} security groups are given, at most {_MOST_GROUPS} are allowed.",
                "securityGroups",
            )
        if new.get("ipAddressType", "IPV4_ONLY") == "IPV4_ONLY" and new.get("ipv6Address") is not None:
            yield Refusal(
                "BadRequest", "ipv6Address needs ipAddressType IPV6_ONLY or DUAL_STACK.", "ipv6Address"
            )
        if isinstance(address, str) and isinstance(subnet, str):
            yield from _outside(ctx, address, subnet)


def _outside(ctx: Context, address: str, subnet: str) -> Iterator[Refusal]:
    try:
        block = ctx.client("ec2").describe_subnets(SubnetIds=[subnet])["Subnets"][0]["CidrBlock"]
        if ipaddress.ip_address(address) in ipaddress.ip_network(block):
            return
    except (ClientError, ValueError):
        return
    yield Refusal(
        "BadRequest", f"Address {address} does not fall within the subnet's range {block}.", "ipAddress"
    )
