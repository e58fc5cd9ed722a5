from __future__ import annotations

from typing import Any

from simcloud.bindings.efs._tagging import TAGS
from simcloud.bindings.efs.file_system import FileSystem
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.tagging import mapping
from simcloud.values import Props

_SAME = (
    "arn", "availabilityZoneId", "availabilityZoneName", "creationToken", "dnsName", "encrypted", "kmsKeyId", "name",
    "performanceMode", "throughputMode",
)  # fmt: skip


def get_file_system(ctx: Context, args: Props) -> Props:
    """A file system by id, by creation token or by tags."""
    identity = str(_described(ctx, args)["FileSystemId"])
    found = FileSystem().read(ctx, identity, {}) or {}
    return {
        **{name: found[name] for name in _SAME},
        "fileSystemId": identity,
        "id": identity,
        "lifecyclePolicies": found["lifecyclePolicies"] or [],
        "protections": [found["protection"]],
        "provisionedThroughputInMibps": found["provisionedThroughputInMibps"] or 0,
        "region": ctx.region,
        "sizeInBytes": found["sizeInBytes"][0]["value"],
        "tags": TAGS.current(ctx, identity),
    }


def _described(ctx: Context, args: Props) -> dict[str, Any]:
    given = {"FileSystemId": args.get("fileSystemId"), "CreationToken": args.get("creationToken")}
    asked = {name: value for name, value in given.items() if value}
    listed = ctx.client("efs").describe_file_systems(**asked)["FileSystems"]
    wanted = (args.get("tags") or {}).items()
    fitting = [system for system in listed if wanted <= mapping(system.get("Tags")).items()]
    found: dict[str, Any] = _one.only(fitting, "EFS file system")
    return found
