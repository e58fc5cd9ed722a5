from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _instance_changes, _instance_outputs, _instance_request, _instance_rules


class Instance(Binding):
    """A machine."""

    token = "aws:ec2/instance:Instance"
    service = "ec2"
    operation = "run_instances"
    parameters = {
        "ImageId": "ami",
        "InstanceType": "instanceType",
        "Placement.Tenancy": "tenancy",
        "SecurityGroupIds": "vpcSecurityGroupIds",
    }
    replaces = frozenset(
        {
            "ami", "associatePublicIpAddress", "availabilityZone", "cpuOptions", "ebsBlockDevices",
            "enablePrimaryIpv6", "enclaveOptions", "ephemeralBlockDevices", "hibernation", "hostResourceGroupArn",
            "instanceMarketOptions", "ipv6Addresses", "keyName", "networkInterfaces", "placementGroup",
            "placementGroupId", "placementPartitionNumber", "primaryNetworkInterface", "privateIp",
            "secondaryNetworkInterfaces", "securityGroups", "subnetId",
        }
    )  # fmt: skip
    defaults = {
        "forceDestroy": False,
        "getPasswordData": False,
        "sourceDestCheck": True,
        "userDataReplaceOnChange": False,
    }
    tagging = tagging.EC2
    references = (
        Reference("ami", "image"),
        Reference("instanceType", "instance_type"),
        Reference("keyName", "key_pair"),
        Reference("subnetId", "subnet"),
        Reference("vpcSecurityGroupIds[]", "security_group"),
        Reference("iamInstanceProfile", "instance_profile"),
        Reference("launchTemplate.id", "launch_template"),
        Reference("networkInterfaces[].networkInterfaceId", "network_interface"),
        Reference("primaryNetworkInterface.networkInterfaceId", "network_interface"),
        Reference("rootBlockDevice.kmsKeyId", "kms_key"),
        Reference("ebsBlockDevices[].kmsKeyId", "kms_key"),
        Reference("ebsBlockDevices[].snapshotId", "snapshot"),
    )
    faults = {
        "InvalidBlockDeviceMapping": "rootBlockDevice.volumeSize",
        "InvalidIPAddress.InUse": "privateIp",
        "InsufficientFreeAddressesInSubnet": "subnetId",
        "OperationNotPermitted": "disableApiTermination",
    }

    def request(self, ctx: Context, new: Props) -> Params:
        return _instance_request.request(new, _root_device(ctx, new.get("ami")))

    def create(self, ctx: Context, new: Props) -> str:
        parameters = self.request(ctx, new)
        if "UserData" in parameters:
            parameters["UserData"] = _instance_request.decoded(new)
        response = ctx.client("ec2").run_instances(**parameters)
        return self.identify(ctx, response, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Instances"][0]["InstanceId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _instance_changes.apply(ctx, identity, new, {**self.defaults, **old})
        elif not new.get("sourceDestCheck", True):
            _instance_changes.source_dest_check(ctx, identity, False)
        _instance_changes.tag_disks(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        instance = _instance_outputs.found(ctx, identity)
        return None if instance is None else _instance_outputs.read(ctx, instance, given)

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """New user data runs on a new machine only, if that is what the program asked for."""
        return (
            frozenset({"userData", "userDataBase64"})
            if new.get("userDataReplaceOnChange") is True
            else frozenset()
        )

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ec2 = ctx.client("ec2")
        if old.get("forceDestroy"):
            for attribute in ("DisableApiTermination", "DisableApiStop"):
                ec2.modify_instance_attribute(InstanceId=identity, **{attribute: {"Value": False}})
        ec2.terminate_instances(InstanceIds=[identity])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _instance_rules.problems(ctx, new)


def _root_device(ctx: Context, image_id: Any) -> str:
    """The name of the image's root disk."""
    if not isinstance(image_id, str):
        return "/dev/xvda"
    wanted = [{"Name": "image-id", "Values": [image_id]}]
    images = ctx.client("ec2").describe_images(Filters=wanted)["Images"]
    return str(images[0]["RootDeviceName"]) if images else "/dev/xvda"
