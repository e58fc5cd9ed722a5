from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.ec2 import _disks
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_CHANGES = {"iops": "Iops", "size": "Size", "throughput": "Throughput", "type": "VolumeType"}


class Volume(Binding):
    """A disk in one availability zone."""

    token = "aws:ebs/volume:Volume"
    service = "ec2"
    operation = "create_volume"
    parameters = {"VolumeType": "type"}
    replaces = frozenset(
        {
            "availabilityZone", "encrypted", "kmsKeyId", "multiAttachEnabled", "outpostArn", "snapshotId",
            "volumeInitializationRate",
        }
    )  # fmt: skip
    defaults = {"finalSnapshot": False}
    tagging = tagging.EC2
    references = (Reference("kmsKeyId", "kms_key"), Reference("snapshotId", "snapshot"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "AvailabilityZone": new["availabilityZone"],
                "Encrypted": new.get("encrypted"),
                "Iops": new.get("iops"),
                "KmsKeyId": new.get("kmsKeyId"),
                "MultiAttachEnabled": new.get("multiAttachEnabled"),
                "Size": new.get("size"),
                "SnapshotId": new.get("snapshotId"),
                "Throughput": new.get("throughput"),
                "VolumeType": new.get("type"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["VolumeId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        changes = {
            api: new[name] for name, api in _CHANGES.items() if name in new and new[name] != old.get(name)
        }
        if old and changes:
            ctx.client("ec2").modify_volume(VolumeId=identity, **changes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_volumes(VolumeIds=[identity])["Volumes"][0]
        return {
            "arn": ctx.arn("ec2", f"volume/{identity}"),
            "availabilityZone": found["AvailabilityZone"],
            "createTime": found["CreateTime"].isoformat().replace("+00:00", "Z"),
            "encrypted": found["Encrypted"],
            "iops": found.get("Iops") or 0,
            "kmsKeyId": found.get("KmsKeyId") or "",
            "multiAttachEnabled": bool(found.get("MultiAttachEnabled")),
            "size": found["Size"],
            "snapshotId": found.get("SnapshotId") or "",
            "throughput": found.get("Throughput") or 0,
            "type": found["VolumeType"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ec2 = ctx.client("ec2")
        if old.get("finalSnapshot") and ec2.describe_volumes(VolumeIds=[identity])["Volumes"]:
            ec2.create_snapshot(VolumeId=identity, Description=f"Final snapshot of {identity}")
        ec2.delete_volume(VolumeId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _disks.problems(new, "size", "type")
        if new.get("size") is None and new.get("snapshotId") is None:
            yield Refusal("MissingParameter", "The request must contain the parameter size/snapshot.", "size")
        if new.get("kmsKeyId") is not None and new.get("encrypted") is False:
            yield Refusal("InvalidParameterDependency", "a KMS key needs encrypted.", "kmsKeyId")
        if new.get("multiAttachEnabled") is True and new.get("type") not in ("io1", "io2"):
            yield Refusal(
                "InvalidParameterCombination",
                "only io1 and io2 volumes can be attached twice.",
                "multiAttachEnabled",
            )
        zone = new["availabilityZone"]
        if isinstance(zone, str) and not _is_zone(ctx, zone):
            yield Refusal("InvalidZone.NotFound", f"The zone '{zone}' does not exist.", "availabilityZone")


def _is_zone(ctx: Context, zone: str) -> bool:
    every = ctx.client("ec2").describe_availability_zones()["AvailabilityZones"]
    return zone in [item["ZoneName"] for item in every]
