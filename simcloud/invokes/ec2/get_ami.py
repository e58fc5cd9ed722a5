from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_ami(ctx: Context, args: Props) -> Props:
    """A machine image; the newest one if that is asked for."""
    parameters: Props = {"Filters": _one.filters({**args, "tags": None}, {})}
    if args.get("owners"):
        parameters["Owners"] = args["owners"]
    listed = ctx.client("ec2").describe_images(**parameters)["Images"]
    found = _chosen([image for image in listed if _fits(image, args)], args)
    return {
        **{name: found.get(api) or "" for name, api in _TEXTS.items()},
        "allowUnsafeFilter": args.get("allowUnsafeFilter"),
        "arn": ctx.arn("ec2", f"image/{found['ImageId']}", account=False),
        "blockDeviceMappings": [_device(device) for device in found.get("BlockDeviceMappings", ())],
        "enaSupport": bool(found.get("EnaSupport")),
        "executableUsers": args.get("executableUsers"),
        "filters": args.get("filters"),
        "id": found["ImageId"],
        "includeDeprecated": args.get("includeDeprecated"),
        "lastLaunchedTime": "",
        "mostRecent": args.get("mostRecent"),
        "nameRegex": args.get("nameRegex"),
        "owners": args.get("owners"),
        "productCodes": [],
        "public": bool(found.get("Public")),
        "region": ctx.region,
        "rootSnapshotId": _root_snapshot(found),
        "stateReason": {"code": "UNSET", "message": "UNSET"},
        "tags": _one.tags(found),
        "uefiData": args.get("uefiData"),
    }


_TEXTS = {
    "architecture": "Architecture",
    "bootMode": "BootMode",
    "creationDate": "CreationDate",
    "deprecationTime": "DeprecationTime",
    "description": "Description",
    "hypervisor": "Hypervisor",
    "imageId": "ImageId",
    "imageLocation": "ImageLocation",
    "imageOwnerAlias": "ImageOwnerAlias",
    "imageType": "ImageType",
    "imdsSupport": "ImdsSupport",
    "kernelId": "KernelId",
    "name": "Name",
    "ownerId": "OwnerId",
    "platform": "Platform",
    "platformDetails": "PlatformDetails",
    "ramdiskId": "RamdiskId",
    "rootDeviceName": "RootDeviceName",
    "rootDeviceType": "RootDeviceType",
    "sriovNetSupport": "SriovNetSupport",
    "state": "State",
    "tpmSupport": "TpmSupport",
    "usageOperation": "UsageOperation",
    "virtualizationType": "VirtualizationType",
}


def _fits(image: Mapping[str, Any], args: Props) -> bool:
    pattern = args.get("nameRegex")
    return pattern is None or re.search(pattern, image.get("Name", "")) is not None


def _chosen(images: list[Any], args: Props) -> Any:
    if not images:
        raise Refusal(
            "NotFound", "Your query returned no results. Please change your search criteria and try again."
        )
    if len(images) > 1 and not args.get("mostRecent"):
        raise Refusal(
            "TooManyResults",
            "Your query returned more than one result. Please try a more specific search criteria, or set "
            "`most_recent` attribute to true.",
        )
    return max(images, key=lambda image: str(image.get("CreationDate", "")))


def _device(device: Mapping[str, Any]) -> Props:
    disk = device.get("Ebs") or {}
    return {
        "deviceName": device.get("DeviceName", ""),
        "ebs": {
            "delete_on_termination": str(disk.get("DeleteOnTermination", False)).lower(),
            "encrypted": str(disk.get("Encrypted", False)).lower(),
            "snapshot_id": disk.get("SnapshotId", ""),
            "volume_size": str(disk.get("VolumeSize", 0)),
            "volume_type": disk.get("VolumeType", ""),
        },
        "noDevice": "",
        "virtualName": device.get("VirtualName", ""),
    }


def _root_snapshot(found: Mapping[str, Any]) -> str:
    for device in found.get("BlockDeviceMappings", ()):
        if device.get("DeviceName") == found.get("RootDeviceName"):
            return str((device.get("Ebs") or {}).get("SnapshotId", ""))
    return ""
