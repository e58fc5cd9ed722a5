"""Disks as EC2 has them: what they are made with, where they attach, and how they grow."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_block_store import EBSBackend, Volume

from simcloud.patches import around

_GP3 = {"iops": 3000, "throughput": 125}
_LEAST_IOPS, _MOST_GP2_IOPS = 100, 16000


@around(Volume)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: says the operations and throughput of every volume; moto: only what was asked for."""
    original(self, *args, **kwargs)
    settle(self)


@around(Volume)
def modify(
    original: Any,
    self: Any,
    target_size: int | None = None,
    target_volume_type: str | None = None,
    target_iops: int | None = None,
    target_throughput: int | None = None,
    target_multi_attach_enabled: bool | None = None,
) -> None:
    """AWS: volumes never shrink, and a new type has its own speed; moto: takes any size and keeps the old speed."""
    if target_size is not None and int(target_size) < int(self.size):
        raise EC2ClientError("InvalidParameterValue", "New size cannot be smaller than existing size")
    if target_volume_type and target_volume_type != self.volume_type:
        self.iops, self.throughput = None, None
    original(
        self, target_size, target_volume_type, target_iops, target_throughput, target_multi_attach_enabled
    )
    settle(self)


@around(EBSBackend)
def create_volume(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: the key of an encrypted volume is told as an ARN; moto: as it was given."""
    volume = original(self, *args, **kwargs)
    if volume.kms_key_id and not str(volume.kms_key_id).startswith("arn:"):
        key = f"key/{volume.kms_key_id}" if "/" not in volume.kms_key_id else volume.kms_key_id
        volume.kms_key_id = f"arn:{self.partition}:kms:{self.region_name}:{self.account_id}:{key}"
    return volume


@around(EBSBackend)
def attach_volume(
    original: Any,
    self: Any,
    volume_id: str,
    instance_id: str,
    device_path: str,
    delete_on_termination: bool = False,
) -> Any:
    """AWS: one instance, of the same zone, at a free device; moto: any."""
    volume, instance = self.get_volume(volume_id), self.get_instance(instance_id)
    if instance.state not in ("running", "stopped", "pending"):
        raise EC2ClientError("IncorrectState", f"Instance '{instance_id}' is not 'running' or 'stopped'.")
    if volume.zone and volume.zone.name != instance.availability_zone:
        raise EC2ClientError(
            "InvalidVolume.ZoneMismatch",
            f"The volume '{volume_id}' is not in the same availability zone as instance '{instance_id}'",
        )
    if volume.attachment is not None:
        raise EC2ClientError("VolumeInUse", f"{volume_id} is already attached to an instance")
    if device_path in instance.block_device_mapping:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"Invalid value '{device_path}' for unixDevice. Attachment point {device_path} is already in use",
        )
    return original(self, volume_id, instance_id, device_path, delete_on_termination)


@around(EBSBackend)
def detach_volume(
    original: Any, self: Any, volume_id: str, instance_id: str | None = None, device_path: str | None = None
) -> Any:
    """AWS: the volume says enough, and one that is not attached is in another state; moto: wants the instance too."""
    attachment = self.get_volume(volume_id).attachment
    if attachment is None:
        raise EC2ClientError("IncorrectState", f"Volume '{volume_id}' is in the 'available' state.")
    return original(self, volume_id, instance_id or attachment.instance.id, device_path or attachment.device)


def settle(volume: Any) -> None:
    """Give the volume the speed of its type where none was chosen."""
    if volume.volume_type == "gp3":
        volume.iops = volume.iops or _GP3["iops"]
        volume.throughput = volume.throughput or _GP3["throughput"]
    if volume.volume_type == "gp2":
        # AWS: API reference of Volume (botocore 1.44.5), read 2026-11: 3 operations per GiB, at least 100
        volume.iops = max(_LEAST_IOPS, min(_MOST_GP2_IOPS, 3 * int(volume.size or 0)))
