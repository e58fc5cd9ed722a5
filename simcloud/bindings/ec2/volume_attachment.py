from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: «Device names for volumes on Amazon EC2 instances»; per reference notes, not verified against AWS.
_DEVICE = re.compile(r"/dev/(sd[a-z]|hd[a-z]|xvd[a-z]|xvd[b-d][a-z])([1-9]|1[0-5])?|xvd[a-z]{1,2}")


class VolumeAttachment(Binding):
    """A disk in an instance of its zone."""

    token = "aws:ec2/volumeAttachment:VolumeAttachment"
    service = "ec2"
    operation = "attach_volume"
    parameters = {"Device": "deviceName"}
    replaces = frozenset({"deviceName", "instanceId", "volumeId"})
    references = (Reference("instanceId", "instance"), Reference("volumeId", "volume"))
    faults = {
        "InvalidVolume.ZoneMismatch": "volumeId",
        "VolumeInUse": "volumeId",
        "InvalidParameterValue": "deviceName",
    }

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Device": new["deviceName"], "InstanceId": new["instanceId"], "VolumeId": new["volumeId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return _identity(new)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_volumes(VolumeIds=[given["volumeId"]])["Volumes"][0]
        for attachment in found.get("Attachments", ()):
            if attachment["InstanceId"] == given["instanceId"]:
                return {
                    "deviceName": attachment["Device"],
                    "instanceId": attachment["InstanceId"],
                    "volumeId": given["volumeId"],
                }
        return None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if old.get("skipDestroy"):
            return
        ec2, instance = ctx.client("ec2"), old["instanceId"]
        if old.get("stopInstanceBeforeDetaching"):
            ec2.stop_instances(InstanceIds=[instance])
        ec2.detach_volume(VolumeId=old["volumeId"], InstanceId=instance, Device=old["deviceName"])

    def is_gone(self, error: Any) -> bool:
        # A volume that is attached no more has no attachment to remove.
        return error.response["Error"]["Code"] == "IncorrectState" or super().is_gone(error)

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `/dev/sdh:vol-1:i-1`."""
        device, _, rest = identity.partition(":")
        volume, _, instance = rest.partition(":")
        return {"deviceName": device, "volumeId": volume, "instanceId": instance}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _identity(found)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        device = new["deviceName"]
        if isinstance(device, str) and not _DEVICE.fullmatch(device):
            yield Refusal(
                "InvalidParameterValue",
                f"Value ({device}) for parameter device is invalid. {device} is not a valid EBS device name.",
                "deviceName",
            )


def _identity(new: Props) -> str:
    text = "".join(f"{new[name]}-" for name in ("deviceName", "instanceId", "volumeId"))
    return f"vai-{crc32(text.encode())}"
