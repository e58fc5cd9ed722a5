"""Instances as EC2 launches and terminates them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.models.instances import Instance, InstanceBackend

from simcloud.patches import around
from simcloud.patches.ec2_volumes import settle


@around(InstanceBackend)
def run_instances(
    original: Any,
    self: Any,
    image_id: str,
    count: int,
    user_data: Any,
    security_group_names: Any,
    **kwargs: Any,
) -> Any:
    """AWS: the image's disks, the template's interfaces and profile, and a fitting type; moto: none of them."""
    template = _template(self, kwargs)
    image = self.amis.get(image_id or template.get("ImageId"))
    _check_type(image, _type(kwargs, template))
    _check_key(self, kwargs.get("key_name") or template.get("KeyName"))
    asked = kwargs.get("block_device_mappings") or template.get("BlockDeviceMappings") or []
    disks = _disks(image, asked or _of_launch_configuration(kwargs))
    kwargs["nics"] = kwargs.get("nics") or _interfaces(template)
    if disks:
        plain = [{**disk, "Ebs": {**disk["Ebs"], "VolumeType": "gp2"}} for disk in disks.values()]
        kwargs["block_device_mappings"] = plain
    reservation = original(self, image_id, count, user_data, security_group_names, **kwargs)
    for instance in reservation.instances:
        _speed_up(self, instance, disks)
        _give_profile(self, instance, template)
    return reservation


@around(Instance)
def prep_nics(original: Any, self: Any, nic_spec: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: an interface made for the instance goes with it, and its groups are the instance's; moto: neither."""
    before = set(self.ec2_backend.enis)
    stay = [int(nic.get("DeviceIndex", 0)) for nic in nic_spec if nic.get("DeleteOnTermination") is False]
    original(self, nic_spec, *args, **kwargs)
    for index, eni in self.nics.items():
        eni.delete_on_termination = eni.id not in before and index not in stay
    if not self.security_groups and 0 in self.nics:
        self.security_groups = list(self.nics[0]._group_set)


@around(Instance)
def terminate(original: Any, self: Any) -> Any:
    """AWS: lets go of addresses and of interfaces that are not its own; moto: keeps both."""
    backend = self.ec2_backend
    for address in backend.addresses:
        if address.instance is self or (address.eni is not None and address.eni in self.nics.values()):
            backend.disassociate_address(address=address.public_ip)
    previous = original(self)
    for eni in [eni for eni in self.nics.values() if eni.id in backend.enis]:
        self.detach_eni(eni)
    self.security_groups = []
    return previous


def _template(self: Any, kwargs: Mapping[str, Any]) -> dict[str, Any]:
    named = kwargs.get("launch_template")
    return dict(self._get_template_from_args(named).data) if named else {}


def _type(kwargs: Mapping[str, Any], template: Mapping[str, Any]) -> str:
    own = None if kwargs.get("is_instance_type_default") else kwargs.get("instance_type")
    return str(own or template.get("InstanceType") or kwargs.get("instance_type") or "m1.small")


def _check_type(image: Any, name: str) -> None:
    if image is None or name not in INSTANCE_TYPES:
        return
    fitting = INSTANCE_TYPES[name].get("ProcessorInfo", {}).get("SupportedArchitectures", [])
    if fitting and image.architecture not in fitting:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"The architecture '{','.join(fitting)}' of the specified instance type does not match the architecture "
            f"'{image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching "
            "architectures, and try again.",
        )


def _check_key(self: Any, name: str | None) -> None:
    if name and name not in self.key_pairs:
        raise EC2ClientError("InvalidKeyPair.NotFound", f"The key pair '{name}' does not exist")


def _of_launch_configuration(kwargs: Mapping[str, Any]) -> list[Any]:
    configuration = kwargs.get("launch_config")
    return list(configuration.block_device_mapping_dict or ()) if configuration else []


def _disks(image: Any, asked: list[Any]) -> dict[str, Any]:
    """The disks of the image, as the request changes them, and its further ones."""
    disks = {mapping["DeviceName"]: mapping for mapping in image.block_device_mappings} if image else {}
    for mapping in asked:
        name, ebs = mapping["DeviceName"], mapping.get("Ebs") or {}
        given = {key: value for key, value in ebs.items() if value is not None}
        own = disks.get(name, {}).get("Ebs", {})
        if mapping.get("NoDevice") is not None:
            disks.pop(name, None)
        elif "Ebs" in mapping:
            _check_size(name, own, given)
            disks[name] = {"DeviceName": name, "Ebs": {"DeleteOnTermination": True, **own, **given}}
    return disks


def _check_size(name: str, own: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    if own and int(given.get("VolumeSize") or own["VolumeSize"]) < int(own["VolumeSize"]):
        raise EC2ClientError(
            "InvalidBlockDeviceMapping",
            f"Volume of size {given['VolumeSize']}GB is smaller than snapshot '{own['SnapshotId']}', expect size>= "
            f"{own['VolumeSize']}GB",
        )


def _interfaces(template: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"DeviceIndex": position, **nic}
        for position, nic in enumerate(template.get("NetworkInterfaces") or ())
    ]


def _speed_up(self: Any, instance: Any, disks: Mapping[str, Any]) -> None:
    for name, device in instance.get_block_device_mapping:
        ebs, volume = disks.get(name, {}).get("Ebs", {}), self.get_volume(device.volume_id)
        volume.volume_type = ebs.get("VolumeType") or "gp2"
        volume.iops, volume.throughput = ebs.get("Iops"), ebs.get("Throughput")
        settle(volume)


def _give_profile(self: Any, instance: Any, template: Mapping[str, Any]) -> None:
    profile = template.get("IamInstanceProfile") or {}
    if profile and instance.id not in self.iam_instance_profile_associations:
        self.associate_iam_instance_profile(instance.id, profile.get("Name"), profile.get("Arn"))
