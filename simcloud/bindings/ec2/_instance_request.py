"""An instance in the words of RunInstances."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.values import Props, Unknown, is_known, without_none

_PLAIN = {
    "ami": "ImageId",
    "disableApiStop": "DisableApiStop",
    "disableApiTermination": "DisableApiTermination",
    "ebsOptimized": "EbsOptimized",
    "instanceInitiatedShutdownBehavior": "InstanceInitiatedShutdownBehavior",
    "instanceType": "InstanceType",
    "keyName": "KeyName",
}
_PLACEMENT = {
    "availabilityZone": "AvailabilityZone",
    "hostId": "HostId",
    "hostResourceGroupArn": "HostResourceGroupArn",
    "placementGroup": "GroupName",
    "placementGroupId": "GroupId",
    "placementPartitionNumber": "PartitionNumber",
    "tenancy": "Tenancy",
}
_BLOCKS = {
    "cpuOptions": "CpuOptions",
    "creditSpecification": "CreditSpecification",
    "enclaveOptions": "EnclaveOptions",
    "maintenanceOptions": "MaintenanceOptions",
    "metadataOptions": "MetadataOptions",
}
# Names that are not the API's with a small first letter.
_SPELLED = {
    "enableResourceNameDnsARecord": "EnableResourceNameDnsARecord",
    "enableResourceNameDnsAaaaRecord": "EnableResourceNameDnsAAAARecord",
}


def request(new: Props, root_device: str) -> Params:
    """The parameters; `root_device` is the name of the image's root disk."""
    parameters: Params = {api: new.get(name) for name, api in _PLAIN.items()}
    parameters |= {"MinCount": 1, "MaxCount": 1, "UserData": _user_data(new)}
    parameters |= {api: _block(new[name]) for name, api in _BLOCKS.items() if new.get(name)}
    parameters["Placement"] = _given({api: new.get(name) for name, api in _PLACEMENT.items()})
    parameters["BlockDeviceMappings"] = _disks(new, root_device) or None
    parameters["IamInstanceProfile"] = _profile(new.get("iamInstanceProfile"))
    parameters["LaunchTemplate"] = _template(new.get("launchTemplate"))
    parameters["InstanceMarketOptions"] = _market(new.get("instanceMarketOptions"))
    parameters["PrivateDnsNameOptions"] = _block(new.get("privateDnsNameOptions"))
    if new.get("monitoring") is not None:
        parameters["Monitoring"] = {"Enabled": new["monitoring"]}
    if new.get("hibernation") is not None:
        parameters["HibernationOptions"] = {"Configured": new["hibernation"]}
    return without_none({**parameters, **_network(new)})


def is_base64(text: str) -> bool:
    """Whether user data is encoded already: the provider passes it on as it is, then."""
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def decoded(new: Props) -> str | bytes | None:
    """The user data as boto3 wants it, which encodes it itself."""
    plain, encoded = new.get("userData"), new.get("userDataBase64")
    if encoded:
        return base64.b64decode(encoded)
    return base64.b64decode(plain) if plain and is_base64(plain) else plain


def _user_data(new: Props) -> Any:
    return new.get("userData") or new.get("userDataBase64") or None


def _given(parameters: Params) -> Params | None:
    return without_none(parameters) or None


def _block(block: Any) -> Any:
    if not isinstance(block, Mapping):
        return block or None
    return {_SPELLED.get(name, name[:1].upper() + name[1:]): value for name, value in block.items()}


def _profile(name: Any) -> Params | None:
    return None if not name else {"Name": name}


def _template(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    names = {"id": "LaunchTemplateId", "name": "LaunchTemplateName", "version": "Version"}
    return {api: given[name] for name, api in names.items() if given.get(name) is not None}


def _market(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    spot = _block(given.get("spotOptions"))
    return without_none({"MarketType": given.get("marketType"), "SpotOptions": spot})


def _network(new: Props) -> Params:
    """Where the instance stands: existing interfaces, one to be made with wishes, or just a subnet."""
    primary = new.get("primaryNetworkInterface")
    if primary:
        return {
            "NetworkInterfaces": [{"DeviceIndex": 0, "NetworkInterfaceId": primary.get("networkInterfaceId")}]
        }
    if new.get("networkInterfaces"):
        return {"NetworkInterfaces": [_existing(item) for item in new["networkInterfaces"]]}
    own = without_none(
        {
            "SubnetId": new.get("subnetId"),
            "PrivateIpAddress": new.get("privateIp"),
            "Ipv6AddressCount": new.get("ipv6AddressCount"),
            "Ipv6Addresses": [{"Ipv6Address": address} for address in new.get("ipv6Addresses") or ()] or None,
        }
    )
    groups = new.get("vpcSecurityGroupIds")
    if new.get("subnetId") is None or new.get("associatePublicIpAddress") is None:
        return {
            **own,
            **without_none({"SecurityGroupIds": groups, "SecurityGroups": new.get("securityGroups")}),
        }
    interface = {**own, "DeviceIndex": 0, "AssociatePublicIpAddress": new["associatePublicIpAddress"]}
    return {"NetworkInterfaces": [{**interface, **without_none({"Groups": groups})}]}


def _existing(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    return without_none(
        {
            "DeviceIndex": item.get("deviceIndex"),
            "NetworkInterfaceId": item.get("networkInterfaceId"),
            "DeleteOnTermination": item.get("deleteOnTermination"),
            "NetworkCardIndex": item.get("networkCardIndex"),
        }
    )


def _disks(new: Props, root_device: str) -> list[Any]:
    root = new.get("rootBlockDevice")
    disks = [
        _disk(disk, disk.get("deviceName")) for disk in new.get("ebsBlockDevices") or () if _is_block(disk)
    ]
    if isinstance(root, Mapping) and _ebs(root):
        disks.insert(0, _disk(root, root_device))
    for disk in new.get("ephemeralBlockDevices") or ():
        if _is_block(disk):
            empty = "" if disk.get("noDevice") else None
            disks.append(
                without_none(
                    {
                        "DeviceName": disk["deviceName"],
                        "VirtualName": disk.get("virtualName"),
                        "NoDevice": empty,
                    }
                )
            )
    return disks


def _is_block(disk: Any) -> bool:
    return isinstance(disk, Mapping) and not isinstance(disk, Unknown) and is_known(disk.get("deviceName"))


def _disk(disk: Mapping[str, Any], name: Any) -> Params:
    return {"DeviceName": name, "Ebs": _ebs(disk)}


def _ebs(disk: Mapping[str, Any]) -> Params:
    return without_none(
        {
            "DeleteOnTermination": disk.get("deleteOnTermination"),
            "Encrypted": disk.get("encrypted"),
            "Iops": disk.get("iops"),
            "KmsKeyId": disk.get("kmsKeyId"),
            "SnapshotId": disk.get("snapshotId"),
            "Throughput": disk.get("throughput"),
            "VolumeSize": disk.get("volumeSize"),
            "VolumeType": disk.get("volumeType"),
        }
    )
