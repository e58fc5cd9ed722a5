"""Launch template data in the provider's words and the API's: one tree, with other names and types here and there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import ListShape, Shape, StructureShape

from simcloud.context import Context
from simcloud.tagging import mapping, pairs
from simcloud.values import Props, Unknown, Value

_RENAMED = {
    "enableResourceNameDnsAaaaRecord": "EnableResourceNameDnsAAAARecord",
    "ipv4AddressCount": "SecondaryPrivateIpAddressCount",
    "ipv4Addresses": "PrivateIpAddresses",
    "securityGroupNames": "SecurityGroups",
    "securityGroups": "Groups",
    "vcpuCount": "VCpuCount",
    "vpcSecurityGroupIds": "SecurityGroupIds",
}
PROPERTIES = (
    "blockDeviceMappings", "capacityReservationSpecification", "cpuOptions", "creditSpecification", "disableApiStop",
    "disableApiTermination", "ebsOptimized", "enclaveOptions", "hibernationOptions", "iamInstanceProfile", "imageId",
    "instanceInitiatedShutdownBehavior", "instanceMarketOptions", "instanceRequirements", "instanceType", "kernelId",
    "keyName", "licenseSpecifications", "maintenanceOptions", "metadataOptions", "monitoring", "networkInterfaces",
    "networkPerformanceOptions", "placement", "privateDnsNameOptions", "ramDiskId", "secondaryInterfaces",
    "securityGroupNames", "tagSpecifications", "userData", "vpcSecurityGroupIds",
)  # fmt: skip
_NAMES = {api: name for name, api in _RENAMED.items()}
PARAMETERS = {
    f"LaunchTemplateData.{_RENAMED.get(name, name[:1].upper() + name[1:])}": name for name in PROPERTIES
}
"""Where the parts of the data come from."""
# Lists of plain addresses in the provider, of structures with one member in the API.
_WRAPPED = {
    "PrivateIpAddresses": "PrivateIpAddress",
    "Ipv4Prefixes": "Ipv4Prefix",
    "Ipv6Addresses": "Ipv6Address",
    "Ipv6Prefixes": "Ipv6Prefix",
}
# Booleans that the provider writes as text.
_TEXTS = frozenset(
    {
        "AssociateCarrierIpAddress", "AssociatePublicIpAddress", "DeleteOnTermination", "EbsOptimized", "Encrypted",
        "PrimaryIpv6",
    }
)  # fmt: skip


def written(ctx: Context, new: Props) -> Props:
    """The template's data as CreateLaunchTemplate wants it."""
    given = {name: new[name] for name in PROPERTIES if name in new}
    return structure(_shape(ctx), given)


def read(data: Mapping[str, Any]) -> Props:
    """The data in the provider's words."""
    return {_name(api): _value(api, value) for api, value in data.items()}


def _shape(ctx: Context) -> StructureShape:
    model = ctx.client("ec2").meta.service_model
    shape: StructureShape = model.operation_model("CreateLaunchTemplate").input_shape.members[
        "LaunchTemplateData"
    ]
    return shape


def structure(shape: StructureShape, given: Mapping[str, Value]) -> Props:
    """`given` in the words of the API's `shape`."""
    translated = {}
    for name, value in given.items():
        api = _RENAMED.get(name, name[:1].upper() + name[1:])
        translated[api] = _written(shape.members.get(api), api, value)
    return translated


def _written(shape: Shape | None, api: str, value: Value) -> Value:
    if isinstance(value, Unknown) or shape is None:
        return value
    if api == "Tags" and isinstance(value, Mapping):
        return pairs(value)
    if api in _WRAPPED and isinstance(value, list):
        primary = [{"Primary": at == 0} if api == "PrivateIpAddresses" else {} for at in range(len(value))]
        return [{_WRAPPED[api]: item, **more} for item, more in zip(value, primary, strict=True)]
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        return structure(shape, value)
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_written(shape.member, "", item) for item in value]
    if shape.type_name in ("double", "float") and isinstance(value, str):
        return _number(value)
    if shape.type_name == "boolean" and isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower(), value)
    return value


def _number(text: str) -> Value:
    try:
        return float(text)
    except ValueError:
        return text


def _name(api: str) -> str:
    return _NAMES.get(api, api[:1].lower() + api[1:])


def _value(api: str, value: Any) -> Value:
    if api == "Tags":
        return mapping(value)
    if api in _WRAPPED and isinstance(value, list):
        return [item[_WRAPPED[api]] for item in value]
    if isinstance(value, Mapping):
        return read(value)
    if isinstance(value, list):
        return [read(item) if isinstance(item, Mapping) else item for item in value]
    if api in _TEXTS and isinstance(value, bool):
        return str(value).lower()
    return value
