from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_STATUSES = ("ENABLED", "DISABLED")


class BackupPolicy(Binding):
    """Whether AWS Backup saves a file system every day."""

    token = "aws:efs/backupPolicy:BackupPolicy"
    service = "efs"
    operation = "put_backup_policy"
    replaces = frozenset({"fileSystemId"})
    references = (Reference("fileSystemId", "file_system"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"FileSystemId": new["fileSystemId"], "BackupPolicy": _words.to_api(new["backupPolicy"], {})}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["fileSystemId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("efs").put_backup_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("efs").describe_backup_policy(FileSystemId=identity)["BackupPolicy"]
        return {"fileSystemId": identity, "backupPolicy": {"status": found["Status"]}}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("efs").put_backup_policy(FileSystemId=identity, BackupPolicy={"Status": "DISABLED"})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        policy = new["backupPolicy"]
        status = policy.get("status") if isinstance(policy, dict) else None
        if isinstance(status, str) and status.endswith("ING"):
            yield Refusal(
                "ValidationException",
                f"{status} is what AWS says meanwhile; one of {' and '.join(_STATUSES)} can be asked for.",
                "backupPolicy.status",
            )
