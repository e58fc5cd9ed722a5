"""What AWS says of an instance, in the provider's words."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.tagging import mapping
from simcloud.values import Props

_TEXTS = {
    "ami": "ImageId",
    "instanceLifecycle": "InstanceLifecycle",
    "instanceType": "InstanceType",
    "keyName": "KeyName",
    "outpostArn": "OutpostArn",
    "privateDns": "PrivateDnsName",
    "privateIp": "PrivateIpAddress",
    "publicDns": "PublicDnsName",
    "publicIp": "PublicIpAddress",
    "spotInstanceRequestId": "SpotInstanceRequestId",
    "subnetId": "SubnetId",
}
_METADATA = {
    "httpEndpoint": "HttpEndpoint",
    "httpProtocolIpv6": "HttpProtocolIpv6",
    "httpPutResponseHopLimit": "HttpPutResponseHopLimit",
    "httpTokens": "HttpTokens",
    "instanceMetadataTags": "InstanceMetadataTags",
}
# What moto does not keep: as given, or as AWS has it when nothing was said.
_UNSEEN = {
    "capacityReservationSpecification": {"capacityReservationPreference": "open"},
    "enablePrimaryIpv6": False,
    "enclaveOptions": {"enabled": False},
    "ephemeralBlockDevices": [],
    "hibernation": False,
    "hostId": "",
    "hostResourceGroupArn": "",
    "instanceMarketOptions": None,
    "maintenanceOptions": {"autoRecovery": "default"},
    "placementGroupId": "",
    "placementPartitionNumber": 0,
    "secondaryNetworkInterfaces": [],
}


def found(ctx: Context, identity: str) -> dict[str, Any] | None:
    """The instance, unless it is terminated."""
    reservations = ctx.client("ec2").describe_instances(InstanceIds=[identity])["Reservations"]
    instance = reservations[0]["Instances"][0]
    return None if instance["State"]["Name"] in ("shutting-down", "terminated") else dict(instance)


def read(ctx: Context, instance: Mapping[str, Any], given: Props) -> Props:
    """Every property of the instance."""
    identity = instance["InstanceId"]
    return {
        **{name: instance.get(api) or "" for name, api in _TEXTS.items()},
        **{name: given.get(name, default) for name, default in _UNSEEN.items()},
        **_placed(instance),
        **_interfaces(ctx, instance, given),
        **_disks(ctx, instance, given),
        **_attributes(ctx, identity),
        **_user_data(ctx, identity, given),
        "arn": ctx.arn("ec2", f"instance/{identity}"),
        "cpuOptions": _cpu(ctx, instance, given),
        "ebsOptimized": bool(instance.get("EbsOptimized")),
        "iamInstanceProfile": _profile(instance, given),
        "instanceState": instance["State"]["Name"],
        "metadataOptions": {name: instance["MetadataOptions"].get(api) for name, api in _METADATA.items()},
        "monitoring": instance["Monitoring"]["State"] in ("enabled", "pending"),
        "passwordData": "",
        "privateDnsNameOptions": _dns(given),
    }


def _placed(instance: Mapping[str, Any]) -> Props:
    placement = instance["Placement"]
    return {
        "availabilityZone": placement["AvailabilityZone"],
        "placementGroup": placement.get("GroupName") or "",
        "tenancy": placement.get("Tenancy") or "default",
    }


def _interfaces(ctx: Context, instance: Mapping[str, Any], given: Props) -> Props:
    every = instance.get("NetworkInterfaces") or []
    first = next((item for item in every if item["Attachment"]["DeviceIndex"] == 0), None)
    if first is None:
        return {"networkInterfaces": [], "vpcSecurityGroupIds": [], "secondaryPrivateIps": []}
    sixes = [item["Ipv6Address"] for item in first.get("Ipv6Addresses", ())]
    groups = instance.get("SecurityGroups", ())
    return {
        "associatePublicIpAddress": bool(instance.get("PublicIpAddress")),
        "ipv6AddressCount": len(sixes),
        "ipv6Addresses": sixes,
        "networkInterfaces": given.get("networkInterfaces", []),
        "primaryNetworkInterface": {
            "networkInterfaceId": first["NetworkInterfaceId"],
            "deleteOnTermination": bool(first["Attachment"].get("DeleteOnTermination")),
        },
        "primaryNetworkInterfaceId": first["NetworkInterfaceId"],
        "secondaryPrivateIps": [
            item["PrivateIpAddress"] for item in first.get("PrivateIpAddresses", ()) if not item["Primary"]
        ],
        "securityGroups": [group["GroupName"] for group in groups] if _is_default(ctx, instance) else [],
        "sourceDestCheck": bool(first.get("SourceDestCheck", True)),
        "vpcSecurityGroupIds": [group["GroupId"] for group in groups],
    }


def _is_default(ctx: Context, instance: Mapping[str, Any]) -> bool:
    vpcs = ctx.client("ec2").describe_vpcs(VpcIds=[instance["VpcId"]])["Vpcs"]
    return bool(vpcs[0]["IsDefault"])


def _disks(ctx: Context, instance: Mapping[str, Any], given: Props) -> Props:
    mapped = {item["DeviceName"]: item["Ebs"] for item in instance.get("BlockDeviceMappings", ())}
    ids = [ebs["VolumeId"] for ebs in mapped.values()]
    volumes = ctx.client("ec2").describe_volumes(VolumeIds=ids)["Volumes"] if ids else []
    by_id = {volume["VolumeId"]: volume for volume in volumes}
    shared = given.get("volumeTags") or {}
    disks = {name: _disk(name, ebs, by_id[ebs["VolumeId"]], shared) for name, ebs in mapped.items()}
    root = disks.pop(instance.get("RootDeviceName", ""), None)
    return {
        "rootBlockDevice": root,
        "ebsBlockDevices": [
            {**disk, "snapshotId": by_id[disk["volumeId"]].get("SnapshotId") or ""} for disk in disks.values()
        ],
    }


def _disk(name: str, ebs: Mapping[str, Any], volume: Mapping[str, Any], shared: Mapping[str, str]) -> Props:
    tags = {key: value for key, value in mapping(volume.get("Tags")).items() if key not in shared}
    return {
        "deleteOnTermination": bool(ebs.get("DeleteOnTermination")),
        "deviceName": name,
        "encrypted": volume["Encrypted"],
        "iops": volume.get("Iops") or 0,
        "kmsKeyId": volume.get("KmsKeyId") or "",
        "tags": tags,
        "tagsAll": tags,
        "throughput": volume.get("Throughput") or 0,
        "volumeId": volume["VolumeId"],
        "volumeSize": volume["Size"],
        "volumeType": volume["VolumeType"],
    }


def _attributes(ctx: Context, identity: str) -> Props:
    def of(name: str) -> Any:
        answer = ctx.client("ec2").describe_instance_attribute(InstanceId=identity, Attribute=name)
        return answer[f"{name[:1].upper()}{name[1:]}"].get("Value")

    return {
        "disableApiStop": bool(of("disableApiStop")),
        "disableApiTermination": bool(of("disableApiTermination")),
        "instanceInitiatedShutdownBehavior": of("instanceInitiatedShutdownBehavior"),
    }


def _user_data(ctx: Context, identity: str, given: Props) -> Props:
    answer = ctx.client("ec2").describe_instance_attribute(InstanceId=identity, Attribute="userData")
    encoded = str(answer["UserData"].get("Value") or "")
    if given.get("userDataBase64"):
        return {"userDataBase64": encoded}
    plain = base64.b64decode(encoded).decode("utf-8", "replace") if encoded else None
    same = encoded and given.get("userData") == encoded
    return {"userData": encoded if same else plain, "userDataBase64": ""}


def _cpu(ctx: Context, instance: Mapping[str, Any], given: Props) -> Props:
    known = ctx.client("ec2").describe_instance_types(InstanceTypes=[instance["InstanceType"]])[
        "InstanceTypes"
    ]
    vcpu = known[0]["VCpuInfo"] if known else {}
    return {
        "amdSevSnp": "",
        "coreCount": vcpu.get("DefaultCores", 1),
        "threadsPerCore": vcpu.get("DefaultThreadsPerCore", 1),
        **(given.get("cpuOptions") or {}),
    }


def _profile(instance: Mapping[str, Any], given: Props) -> str:
    arn = str((instance.get("IamInstanceProfile") or {}).get("Arn") or "")
    name = arn.rsplit("/", 1)[-1]
    return arn if given.get("iamInstanceProfile") == arn else name


def _dns(given: Props) -> Props:
    return {
        "enableResourceNameDnsARecord": False,
        "enableResourceNameDnsAaaaRecord": False,
        "hostnameType": "ip-name",
        **(given.get("privateDnsNameOptions") or {}),
    }
