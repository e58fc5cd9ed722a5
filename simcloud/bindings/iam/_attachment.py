"""Managed policies attached to a user or a group: the two differ in the word for their owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.values import Props


class Attachment(Binding):
    """One policy at one owner. The id is `owner/policy ARN`."""

    service = "iam"
    global_service = True
    owner: ClassVar[str]
    """`user` or `group`."""

    def request(self, ctx: Context, new: Props) -> Params:
        return {self._key: new[self.owner], "PolicyArn": new["policyArn"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new[self.owner]}/{new['policyArn']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        owner, arn = identity.split("/", 1)
        listed = self._call(ctx, f"list_attached_{self.owner}_policies", **{self._key: owner})
        if arn not in [policy["PolicyArn"] for policy in listed["AttachedPolicies"]]:
            return None
        return {self.owner: owner, "policyArn": arn}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        owner, arn = identity.split("/", 1)
        self._call(ctx, f"detach_{self.owner}_policy", **{self._key: owner, "PolicyArn": arn})

    @property
    def _key(self) -> str:
        return f"{self.owner.capitalize()}Name"

    def _call(self, ctx: Context, operation: str, **parameters: Any) -> Any:
        return getattr(ctx.client("iam"), operation)(**parameters)
