"""What can change on a running or stopped instance, one call per matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.context import Context
from simcloud.values import Props, Value, without_none

from . import _instance_request

_METADATA = {
    "httpEndpoint": "HttpEndpoint",
    "httpProtocolIpv6": "HttpProtocolIpv6",
    "httpPutResponseHopLimit": "HttpPutResponseHopLimit",
    "httpTokens": "HttpTokens",
    "instanceMetadataTags": "InstanceMetadataTags",
}
_DISK = {"iops": "Iops", "throughput": "Throughput", "volumeSize": "Size", "volumeType": "VolumeType"}
_FLAGS = {
    "disableApiStop": "DisableApiStop",
    "disableApiTermination": "DisableApiTermination",
    "instanceInitiatedShutdownBehavior": "InstanceInitiatedShutdownBehavior",
}


def apply(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Bring the instance from `old` to `new`."""
    ec2 = ctx.client("ec2")
    _while_stopped(ec2, identity, new, old)
    for name, attribute in _FLAGS.items():
        if _changed(new, old, name):
            ec2.modify_instance_attribute(InstanceId=identity, **{attribute: {"Value": new[name]}})
    if _changed(new, old, "vpcSecurityGroupIds"):
        ec2.modify_instance_attribute(InstanceId=identity, Groups=new["vpcSecurityGroupIds"])
    if _changed(new, old, "sourceDestCheck"):
        source_dest_check(ctx, identity, new["sourceDestCheck"])
    if _changed(new, old, "monitoring"):
        (ec2.monitor_instances if new["monitoring"] else ec2.unmonitor_instances)(InstanceIds=[identity])
    if _changed(new, old, "metadataOptions"):
        options = {api: new["metadataOptions"].get(name) for name, api in _METADATA.items()}
        ec2.modify_instance_metadata_options(InstanceId=identity, **without_none(options))
    if _changed(new, old, "creditSpecification"):
        wanted = new["creditSpecification"].get("cpuCredits", "standard")
        ec2.modify_instance_credit_specification(
            InstanceCreditSpecifications=[{"InstanceId": identity, "CpuCredits": wanted}]
        )
    _profile(ec2, identity, new, old)
    _disks(ctx, identity, new, old)


def source_dest_check(ctx: Context, identity: str, wanted: bool) -> None:
    """Whether the instance may only send and receive what is its own."""
    for eni in _interfaces(ctx, identity):
        ctx.client("ec2").modify_network_interface_attribute(
            NetworkInterfaceId=eni, SourceDestCheck={"Value": wanted}
        )


def tag_disks(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Write the tags that the program gives to disks."""
    for volume, tags, before in _tagged_disks(ctx, identity, new, old):
        gone = [{"Key": name} for name in before if name not in tags]
        if gone:
            ctx.client("ec2").delete_tags(Resources=[volume], Tags=gone)
        if tags and tags != before:
            listed = [{"Key": name, "Value": value} for name, value in tags.items()]
            ctx.client("ec2").create_tags(Resources=[volume], Tags=listed)


def _changed(new: Props, old: Props, name: str) -> bool:
    return new.get(name) is not None and new[name] != old.get(name)


def _while_stopped(ec2: Any, identity: str, new: Props, old: Props) -> None:
    changes: dict[str, Value] = {}
    if _changed(new, old, "instanceType"):
        changes["InstanceType"] = {"Value": new["instanceType"]}
    if _changed(new, old, "ebsOptimized"):
        changes["EbsOptimized"] = {"Value": new["ebsOptimized"]}
    if any(new.get(name) != old.get(name) for name in ("userData", "userDataBase64")):
        text = _instance_request.decoded(new) or ""
        changes["UserData"] = {"Value": text.encode() if isinstance(text, str) else text}
    if not changes:
        return
    ec2.stop_instances(InstanceIds=[identity])
    for name, value in changes.items():
        ec2.modify_instance_attribute(InstanceId=identity, **{name: value})
    ec2.start_instances(InstanceIds=[identity])


def _profile(ec2: Any, identity: str, new: Props, old: Props) -> None:
    wanted, had = new.get("iamInstanceProfile"), old.get("iamInstanceProfile")
    if wanted == had:
        return
    of_instance = [{"Name": "instance-id", "Values": [identity]}]
    for found in ec2.describe_iam_instance_profile_associations(Filters=of_instance)[
        "IamInstanceProfileAssociations"
    ]:
        ec2.disassociate_iam_instance_profile(AssociationId=found["AssociationId"])
    if wanted:
        ec2.associate_iam_instance_profile(InstanceId=identity, IamInstanceProfile={"Name": wanted})


def _disks(ctx: Context, identity: str, new: Props, old: Props) -> None:
    ec2, after, before = ctx.client("ec2"), new.get("rootBlockDevice") or {}, old.get("rootBlockDevice") or {}
    root = next((name for name, is_root, _ in _volumes(ctx, identity) if is_root), None)
    changes = {api: after[name] for name, api in _DISK.items() if _changed(after, before, name)}
    volume = next((volume for _, is_root, volume in _volumes(ctx, identity) if is_root), None)
    if changes and volume:
        ec2.modify_volume(VolumeId=volume, **changes)
    if _changed(after, before, "deleteOnTermination") and root:
        mapping = {"DeviceName": root, "Ebs": {"DeleteOnTermination": after["deleteOnTermination"]}}
        ec2.modify_instance_attribute(InstanceId=identity, BlockDeviceMappings=[mapping])


def _tagged_disks(
    ctx: Context, identity: str, new: Props, old: Props
) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    for name, is_root, volume in _volumes(ctx, identity):
        after, before = (_tags(props, name, is_root) for props in (new, old))
        if after or before:
            yield volume, after, before


def _tags(props: Props, name: str, is_root: bool) -> dict[str, str]:
    disks = props.get("ebsBlockDevices") or ()
    own = (
        props.get("rootBlockDevice") if is_root else next((d for d in disks if d["deviceName"] == name), None)
    )
    return {**(props.get("volumeTags") or {}), **((own or {}).get("tags") or {})}


def _volumes(ctx: Context, identity: str) -> list[tuple[str, bool, str]]:
    instance = _instance(ctx, identity)
    root = instance.get("RootDeviceName")
    return [
        (item["DeviceName"], item["DeviceName"] == root, item["Ebs"]["VolumeId"])
        for item in instance.get("BlockDeviceMappings", ())
    ]


def _interfaces(ctx: Context, identity: str) -> list[str]:
    return [
        item["NetworkInterfaceId"]
        for item in _instance(ctx, identity).get("NetworkInterfaces", ())
        if item["Attachment"]["DeviceIndex"] == 0
    ]


def _instance(ctx: Context, identity: str) -> dict[str, Any]:
    found = ctx.client("ec2").describe_instances(InstanceIds=[identity])["Reservations"]
    return dict(found[0]["Instances"][0])
