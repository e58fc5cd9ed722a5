"""What AWS refuses of launch templates and says in no model."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _disks, _instance_rules

# AWS: «Create a launch template», EC2 User Guide, and the provider's own check; from memory, not verified.
_NAME = re.compile(r"[a-zA-Z0-9().\-/_]{3,125}")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with the inputs, as far as they are known."""
    name = new.get("name")
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield Refusal(
            "InvalidLaunchTemplateName.MalformedException",
            f"A launch template name must have 3 to 125 characters of a-z, A-Z, 0-9 and ().-/_, got {name!r}.",
            "name",
        )
    if new.get("instanceType") is not None and new.get("instanceRequirements") is not None:
        yield Refusal(
            "InvalidParameterCombination",
            "instanceType and instanceRequirements exclude each other.",
            "instanceRequirements",
        )
    if new.get("defaultVersion") is not None and new.get("updateDefaultVersion"):
        yield Refusal(
            "InvalidParameterCombination",
            "defaultVersion and updateDefaultVersion exclude each other.",
            "updateDefaultVersion",
        )
    yield from _instance_rules.fitting(ctx, new.get("imageId"), new.get("instanceType"))
    yield from _user_data_problems(new.get("userData"))
    yield from _disk_problems(new)
    yield from _interface_problems(new)


def _user_data_problems(text: Any) -> Iterator[Refusal]:
    if not isinstance(text, str):
        return
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        yield Refusal(
            "InvalidUserData.Malformed",
            "Invalid BASE64 encoding of user data.",
            "userData",
            "encode it: base64.b64encode(script.encode()).decode().",
        )


def _disk_problems(new: Props) -> Iterator[Refusal]:
    for position, device in enumerate(new.get("blockDeviceMappings") or ()):
        ebs = device.get("ebs") if isinstance(device, Mapping) else None
        if isinstance(ebs, Mapping):
            path = f"blockDeviceMappings[{position}].ebs."
            yield from _disks.problems(ebs, "volumeSize", "volumeType", path)


def _interface_problems(new: Props) -> Iterator[Refusal]:
    if new.get("networkInterfaces") and new.get("vpcSecurityGroupIds"):
        yield Refusal(
            "InvalidParameterCombination",
            "Network interfaces and an instance-level security groups may not be specified on the same request",
            "vpcSecurityGroupIds",
            "give the groups as securityGroups of the interface.",
        )
