"""What other resources name of instances, their images, keys, disks and templates."""

from __future__ import annotations

from simcloud.context import Context
from simcloud.resolver import Resolver


def _instance(ctx: Context, value: str) -> bool:
    found = ctx.client("ec2").describe_instances(InstanceIds=[value])["Reservations"]
    return any(item["State"]["Name"] != "terminated" for each in found for item in each["Instances"])


def _instance_type(ctx: Context, value: str) -> bool:
    offered = ctx.client("ec2").describe_instance_type_offerings(
        LocationType="region", Filters=[{"Name": "instance-type", "Values": [value]}]
    )
    return bool(offered["InstanceTypeOfferings"])


RESOLVERS = {
    "instance": Resolver(
        "InvalidInstanceID.NotFound", "The instance ID '{value}' does not exist", _instance, given_out=True
    ),
    # AWS gives out the names of its types, too.
    "instance_type": Resolver(
        "InvalidParameterValue",
        "Invalid value '{value}' for InstanceType: it is not offered in this region.",
        _instance_type,
        given_out=True,
    ),
    "image": Resolver(
        "InvalidAMIID.NotFound",
        "The image id '[{value}]' does not exist",
        lambda ctx, value: (
            value.startswith("resolve:ssm:") or ctx.client("ec2").describe_images(ImageIds=[value])
        ),
        given_out=True,
    ),
    "key_pair": Resolver(
        "InvalidKeyPair.NotFound",
        "The key pair '{value}' does not exist",
        lambda ctx, value: ctx.client("ec2").describe_key_pairs(KeyNames=[value]),
    ),
    "volume": Resolver(
        "InvalidVolume.NotFound",
        "The volume '{value}' does not exist.",
        lambda ctx, value: ctx.client("ec2").describe_volumes(VolumeIds=[value]),
        given_out=True,
    ),
    "snapshot": Resolver(
        "InvalidSnapshot.NotFound",
        "The snapshot '{value}' does not exist.",
        lambda ctx, value: ctx.client("ec2").describe_snapshots(SnapshotIds=[value]),
        given_out=True,
    ),
    "launch_template": Resolver(
        "InvalidLaunchTemplateId.NotFound",
        "The specified launch template, with template ID {value}, does not exist.",
        lambda ctx, value: bool(
            ctx.client("ec2").describe_launch_templates(LaunchTemplateIds=[value])["LaunchTemplates"]
        ),
        given_out=True,
    ),
    "instance_profile": Resolver(
        "InvalidParameterValue",
        "Value ({value}) for parameter iamInstanceProfile is invalid. Invalid IAM Instance Profile name",
        lambda ctx, value: ctx.client("iam").get_instance_profile(
            InstanceProfileName=value.rsplit("/", 1)[-1]
        ),
    ),
}
