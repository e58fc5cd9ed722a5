from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.efs._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, without_none

# AWS: RootDirectory, EFS API Reference: an absolute path of at most four levels; from memory, not verified.
_PATH = re.compile(r"/|(/[^/\x00$#<>;`|&?{}^*]+){1,4}")


class AccessPoint(Binding):
    """A directory of a file system, entered as a certain user."""

    token = "aws:efs/accessPoint:AccessPoint"
    service = "efs"
    operation = "create_access_point"
    replaces = frozenset({"fileSystemId", "posixUser", "rootDirectory"})
    tagging = TAGS
    references = (Reference("fileSystemId", "file_system"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "ClientToken": UNKNOWN,
                "FileSystemId": new["fileSystemId"],
                "PosixUser": _words.to_api(new.get("posixUser"), {}),
                "RootDirectory": _words.to_api(new.get("rootDirectory"), {}),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        token = f"terraform-{datetime.now(UTC):%Y%m%d%H%M%S}{ctx.cloud.next_number():012x}"
        response = ctx.client("efs").create_access_point(**{**self.request(ctx, new), "ClientToken": token})
        return str(response["AccessPointId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("efs").describe_access_points(AccessPointId=identity)["AccessPoints"][0]
        root = _words.from_api(found.get("RootDirectory") or {}, {})
        system = found["FileSystemId"]
        return {
            "arn": found["AccessPointArn"],
            "fileSystemId": system,
            "fileSystemArn": ctx.arn("elasticfilesystem", f"file-system/{system}"),
            "ownerId": found["OwnerId"],
            "posixUser": _words.from_api(found.get("PosixUser"), {}) or None,
            "rootDirectory": {"path": "/", **root},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("efs").delete_access_point(AccessPointId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        root = new.get("rootDirectory")
        path = root.get("path") if isinstance(root, dict) else None
        if isinstance(path, str) and not _PATH.fullmatch(path):
            yield Refusal(
                "BadRequest", f"{path!r} is no absolute path of at most four levels.", "rootDirectory.path"
            )
