"""Policies written into a user or a group: the two differ in the word for their owner."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from simcloud import policy_document
from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class InlinePolicy(Binding):
    """A policy that lives and dies with its owner. The id is `owner:policy`."""

    service = "iam"
    autoname = AutoName(limit=128)
    global_service = True
    owner: ClassVar[str]
    """`user` or `group`."""
    most: ClassVar[int]
    """Characters of all inline policies of an owner, white space not counted."""

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            self._key: new[self.owner],
            "PolicyName": new["name"],
            "PolicyDocument": new["policy"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new[self.owner]}:{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            self._call(ctx, "put", **self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        owner, name = identity.split(":", 1)
        found = self._call(ctx, "get", **{self._key: owner, "PolicyName": name})
        return {
            self.owner: found[self._key],
            "name": found["PolicyName"],
            "namePrefix": given.get("namePrefix", ""),
            "policy": json.dumps(found["PolicyDocument"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        owner, name = identity.split(":", 1)
        self._call(ctx, "delete", **{self._key: owner, "PolicyName": name})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", policy_document.IDENTITY)
        size = len("".join(str(new["policy"]).split()))
        if size > self.most:
            yield Refusal(
                "LimitExceeded",
                f"the inline policy has {size} characters, a {self.owner} may hold {self.most}.",
                "policy",
            )

    @property
    def _key(self) -> str:
        return f"{self.owner.capitalize()}Name"

    def _call(self, ctx: Context, verb: str, **parameters: Any) -> Any:
        return getattr(ctx.client("iam"), f"{verb}_{self.owner}_policy")(**parameters)
