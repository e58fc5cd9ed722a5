from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.policy_document import Grammar
from simcloud.refusal import Refusal
from simcloud.values import Props

_CODE = "InvalidPolicyException"
# A statement may name the file system, or leave it out.
_NAMED = Grammar(_CODE, principal=True, free_sid=True)
_UNNAMED = Grammar(_CODE, principal=True, resource=False, free_sid=True)


class FileSystemPolicy(Binding):
    """Who may mount a file system, and how."""

    token = "aws:efs/fileSystemPolicy:FileSystemPolicy"
    service = "efs"
    operation = "put_file_system_policy"
    replaces = frozenset({"fileSystemId"})
    defaults = {"bypassPolicyLockoutSafetyCheck": False}
    references = (Reference("fileSystemId", "file_system"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "FileSystemId": new["fileSystemId"],
            "Policy": new["policy"],
            "BypassPolicyLockoutSafetyCheck": new["bypassPolicyLockoutSafetyCheck"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["fileSystemId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("efs").put_file_system_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("efs").describe_file_system_policy(FileSystemId=identity)
        return {"fileSystemId": identity, "policy": found["Policy"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("efs").delete_file_system_policy(FileSystemId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        policy = new["policy"]
        statements = policy_document.statements(policy) if isinstance(policy, str) else []
        named = any("Resource" in statement or "NotResource" in statement for statement in statements)
        yield from policy_document.problems(policy, "policy", _NAMED if named else _UNNAMED)
