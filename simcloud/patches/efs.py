"""File systems as EFS keeps them."""

from __future__ import annotations

import ipaddress
import json
from typing import Any

from moto.backends import get_backend
from moto.efs.exceptions import AccessPointNotFound, BadRequest, EFSError, FileSystemNotFound
from moto.efs.models import AccessPoint, EFSBackend, FileSystem
from moto.efs.responses import EFSResponse
from moto.moto_api._internal import mock_random

from simcloud.patches import adds, around

_JSON: dict[str, str | int] = {"Content-Type": "application/json"}


@around(EFSBackend)
def create_file_system(original: Any, self: Any, **given: Any) -> Any:
    """AWS: an encrypted file system has a key, told by its ARN; moto: keeps what was given."""
    if given.get("encrypted"):
        given["kms_key_id"] = _key_arn(self, given.get("kms_key_id"))
    return original(self, **given)


@around(FileSystem)
def info_json(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells the protection; moto: has none."""
    found: dict[str, Any] = original(self)
    found.pop("FileSystemProtection", None)
    protection = getattr(self, "file_system_protection", "ENABLED")
    return {**found, "FileSystemProtection": {"ReplicationOverwriteProtection": protection}}


@adds(EFSResponse)
def update_file_system(self: Any) -> Any:
    """AWS: the throughput can be changed; moto: not implemented."""
    system = _system(self)
    system.throughput_mode = self._get_param("ThroughputMode") or system.throughput_mode
    system.provisioned_throughput_in_mibps = (
        self._get_param("ProvisionedThroughputInMibps") if system.throughput_mode == "provisioned" else None
    )
    return json.dumps(system.info_json()), {**_JSON, "status": 202}


@adds(EFSResponse)
def update_file_system_protection(self: Any) -> Any:
    """AWS: a file system can become the target of a replication; moto: not implemented."""
    wanted = self._get_param("ReplicationOverwriteProtection")
    vars(_system(self))["file_system_protection"] = wanted
    return json.dumps({"ReplicationOverwriteProtection": wanted}), _JSON


@around(EFSBackend)
def delete_file_system(original: Any, self: Any, file_system_id: str) -> None:
    """AWS: access points go with their file system; moto: they stay."""
    original(self, file_system_id)
    gone = [name for name, point in self.access_points.items() if point.file_system_id == file_system_id]
    for name in gone:
        del self.access_points[name]


@adds(EFSResponse)
def put_backup_policy(self: Any) -> Any:
    """AWS: backups can be switched; moto: not implemented."""
    status = self._get_param("BackupPolicy")["Status"]
    _system(self)._backup = status == "ENABLED"
    vars(_system(self))["_backup_told"] = True
    return json.dumps({"BackupPolicy": {"Status": status}}), _JSON


@around(EFSBackend)
def describe_backup_policy(original: Any, self: Any, file_system_id: str) -> Any:
    """AWS: a file system may be missing, and backups may have been switched off; moto: fails."""
    system = _held(self, file_system_id)
    if not system._backup and vars(system).get("_backup_told"):
        return {"Status": "DISABLED"}
    return original(self, file_system_id)


@around(EFSBackend)
def describe_file_system_policy(original: Any, self: Any, file_system_id: str) -> Any:
    """AWS: a file system may be missing; moto: fails."""
    _held(self, file_system_id)
    return original(self, file_system_id)


@around(EFSBackend)
def put_file_system_policy(original: Any, self: Any, file_system_id: str, *args: Any, **given: Any) -> Any:
    """AWS: a file system may be missing; moto: fails."""
    _held(self, file_system_id)
    return original(self, file_system_id, *args, **given)


@adds(EFSResponse)
def delete_file_system_policy(self: Any) -> Any:
    """AWS: a policy can be taken away; moto: not implemented."""
    _system(self).file_system_policy = None
    return json.dumps({}), _JSON


@around(EFSBackend)
def create_mount_target(original: Any, self: Any, file_system_id: str, subnet_id: str, **given: Any) -> Any:
    """AWS: without groups the VPC's default one is used, and a group is of the subnet's VPC; moto: neither."""
    subnet = next((item for item in self.ec2_backend.describe_subnets() if item.id == subnet_id), None)
    if subnet is not None:
        zone = _held(self, file_system_id).availability_zone_name
        if zone and zone != subnet.availability_zone:
            raise EFSError(
                "AvailabilityZonesMismatch",
                f"The file system is in {zone}, the subnet in {subnet.availability_zone}.",
            )
        own = self.ec2_backend.groups.get(subnet.vpc_id, {})
        default = next((group.id for group in own.values() if group.name == "default"), None)
        given["security_groups"] = given.get("security_groups") or ([default] if default else None)
        _check_address(self, subnet, given.get("ip_address"))
        foreign = [group for group in given["security_groups"] or () if group not in own]
        if foreign:
            raise EFSError(
                "SecurityGroupNotFound", f"The SecurityGroup ID '{foreign[0]}' does not exist in the VPC."
            )
    return original(self, file_system_id, subnet_id, **given)


@around(AccessPoint)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: an id of 17 digits, which Lambda insists on; moto: of 8."""
    original(self, *args, **given)
    name = f"fsap-{mock_random.get_random_hex(17)}"
    self.access_point_arn = self.access_point_arn.replace(self.access_point_id, name)
    self.access_point_id = name


@around(EFSBackend)
def create_access_point(original: Any, self: Any, *args: Any, **given: Any) -> Any:
    """AWS: an access point is of a file system that exists; moto: of any."""
    _held(self, given["file_system_id"])
    return original(self, *args, **given)


@around(EFSBackend)
def delete_access_point(original: Any, self: Any, access_point_id: str) -> None:
    """AWS: says that an access point is not there; moto: says nothing."""
    if access_point_id not in self.access_points:
        raise AccessPointNotFound(access_point_id)
    original(self, access_point_id)


def _check_address(self: Any, subnet: Any, address: str | None) -> None:
    """Before moto notes the mount target, which it keeps even if the address is refused."""
    if address is None:
        return
    if ipaddress.ip_address(address) not in ipaddress.ip_network(subnet.cidr_block):
        raise BadRequest("Address does not fall within the subnet's address range")
    if any(
        eni.private_ip_address == address for eni in self.ec2_backend.enis.values() if eni.subnet is subnet
    ):
        raise EFSError("IpAddressInUse", f"Address {address} is in use.")


def _system(self: Any) -> Any:
    return _held(self.efs_backend, self._get_param("FileSystemId"))


def _held(backend: Any, identity: str) -> Any:
    name = identity.rsplit("/", 1)[-1]
    if name not in backend.file_systems_by_id:
        raise FileSystemNotFound(identity)
    return backend.file_systems_by_id[name]


def _key_arn(backend: Any, given: str | None) -> str:
    kms: Any = get_backend("kms")[backend.account_id][backend.region_name]
    try:
        return str(kms.describe_key(given or "alias/aws/elasticfilesystem").arn)
    except KeyError as error:
        raise BadRequest(f"KMS key {given} does not exist.") from error
