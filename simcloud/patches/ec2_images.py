"""Machine images: when they were made, what disks they have, and newer ones that moto lacks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from moto.ec2.models.amis import Ami, AmiBackend
from moto.ssm.models import Parameter, ParameterDict

from simcloud.patches import around

# Names, owners and SSM parameters as their makers publish them; from memory, not verified against AWS. The ids are
# made up: the real ones change with every build.
_CANONICAL, _DEBIAN = "099720109477", "136693071363"
_BUILD = "20260915"
_WINDOWS = "801119661308"
_UBUNTU = {
    "22.04": ("jammy", "ubuntu/images/hvm-ssd", "gp2"),
    "24.04": ("noble", "ubuntu/images/hvm-ssd-gp3", "gp3"),
}
_ARCHITECTURES = {"amd64": "x86_64", "arm64": "arm64"}
_DATE = re.compile(r"\b(20\d{6})(?:\b|\.)")
_LINUX_GIB, _WINDOWS_GIB = 8, 30


@around(AmiBackend)
def _load_amis(original: Any, self: Any) -> None:
    """AWS: current images of Ubuntu, Debian and Windows are there; moto: only those of long ago."""
    original(self)
    for image in [*_ubuntu(self.region_name), *_debian(self.region_name), *_windows(self.region_name)]:
        self.amis[image["ami_id"]] = Ami(self, **image)


@around(Ami)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: an image is as old as its build; moto: as the look at it. AWS: gp3 or gp2 of 8 GiB; moto: 15 GiB."""
    built = _DATE.search(str(kwargs.get("name") or ""))
    if built and not kwargs.get("creation_date"):
        kwargs["creation_date"] = datetime.strptime(built.group(1), "%Y%m%d").replace(tzinfo=UTC)
    original(self, *args, **kwargs)
    self.ebs_snapshot.volume.size = root_size(self)


def root_size(image: Any) -> int:
    """GiB of the image's root disk."""
    return _WINDOWS_GIB if str(image.platform or "").lower() == "windows" else _LINUX_GIB


def root_type(image: Any) -> str:
    """The volume type of the image's root disk: what its name says, or what its family has."""
    name = str(image.name or "")
    return "gp3" if name.startswith(("al2023", "al2027", "debian-12")) or "gp3" in name else "gp2"


def _block_device_mappings(self: Any) -> list[dict[str, Any]]:
    """AWS: the root disk goes with its instance; moto: it stays, and is a magnetic one."""
    return [
        {
            "DeviceName": self.root_device_name,
            "Ebs": {
                "SnapshotId": self.ebs_snapshot.id,
                "VolumeSize": root_size(self),
                "DeleteOnTermination": True,
                "VolumeType": root_type(self),
                "Encrypted": False,
            },
        }
    ]


Ami.block_device_mappings = property(_block_device_mappings)  # type: ignore[assignment,method-assign]


@around(ParameterDict)
def _check_loading_status(original: Any, self: Any, key: str) -> None:
    """AWS: Canonical's and Debian's images have public parameters; moto: none."""
    original(self, key)
    if str(key or "").startswith(("/aws/service/canonical/", "/aws/service/debian/")):
        for name, image in _public_parameters(self.region_name).items():
            if not dict.get(self, name):
                dict.__setitem__(self, name, [_parameter(self.account_id, name, image)])


def _ubuntu(region: str) -> list[dict[str, Any]]:
    return [
        _image(
            region,
            f"{folder}/ubuntu-{name}-{version}-{word}-server-{_BUILD}",
            architecture,
            _CANONICAL,
            f"Canonical, Ubuntu, {version}, {word} {name} image",
            "/dev/sda1",
        )
        for version, (name, folder, _) in _UBUNTU.items()
        for word, architecture in _ARCHITECTURES.items()
    ]


def _debian(region: str) -> list[dict[str, Any]]:
    return [
        _image(
            region,
            f"debian-12-{word}-{_BUILD}-2236",
            architecture,
            _DEBIAN,
            f"Debian 12 ({_BUILD}-2236)",
            "/dev/xvda",
        )
        for word, architecture in _ARCHITECTURES.items()
    ]


def _windows(region: str) -> list[dict[str, Any]]:
    return [
        {
            **_image(
                region,
                f"Windows_Server-{year}-English-Full-Base-2026.09.15",
                "x86_64",
                _WINDOWS,
                f"Microsoft Windows Server {year} Full Locale English AMI provided by Amazon",
                "/dev/sda1",
            ),
            "platform": "windows",
            "creation_date": datetime.strptime(_BUILD, "%Y%m%d").replace(tzinfo=UTC),
        }
        for year in ("2022", "2025")
    ]


def _image(
    region: str, name: str, architecture: str, owner: str, description: str, root: str
) -> dict[str, Any]:
    return {
        "ami_id": _identity(region, name),
        "architecture": architecture,
        "description": description,
        "hypervisor": "xen",
        "image_type": "machine",
        "image_location": f"amazon/{name}",
        "name": name,
        "owner_alias": "amazon",
        "owner_id": owner,
        "platform": None,
        "public": True,
        "root_device_name": root,
        "root_device_type": "ebs",
        "sriov": "simple",
        "state": "available",
        "virtualization_type": "hvm",
    }


def _identity(region: str, name: str) -> str:
    return f"ami-0{crc32(f'{region} {name}'.encode()):08x}{crc32(name.encode()):08x}"


def _public_parameters(region: str) -> dict[str, str]:
    ubuntu = {
        f"/aws/service/canonical/ubuntu/server/{version}/stable/current/{word}/hvm/ebs-{disk}/ami-id": _identity(
            region, f"{folder}/ubuntu-{name}-{version}-{word}-server-{_BUILD}"
        )
        for version, (name, folder, disk) in _UBUNTU.items()
        for word in _ARCHITECTURES
    }
    debian = {
        f"/aws/service/debian/release/12/latest/{word}": _identity(region, f"debian-12-{word}-{_BUILD}-2236")
        for word in _ARCHITECTURES
    }
    return {**ubuntu, **debian}


def _parameter(account: str, name: str, value: str) -> Parameter:
    return Parameter(  # type: ignore[abstract]
        account_id=account,
        name=name,
        value=value,
        parameter_type="String",
        description=None,
        allowed_pattern=None,
        keyid=None,
        last_modified_date=datetime.strptime(_BUILD, "%Y%m%d").replace(tzinfo=UTC),
        version=1,
        data_type="aws:ec2:image",
    )
