from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class RolePolicy(Binding):
    """A policy written into a role. The id is `role:policy`."""

    token = "aws:iam/rolePolicy:RolePolicy"
    service = "iam"
    operation = "put_role_policy"
    parameters = {"RoleName": "role", "PolicyName": "name", "PolicyDocument": "policy"}
    replaces = frozenset({"name", "namePrefix", "role"})
    autoname = AutoName(limit=128)
    references = (Reference("role", "role"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"RoleName": new["role"], "PolicyName": new["name"], "PolicyDocument": new["policy"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['role']}:{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("iam").put_role_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        role, name = identity.split(":", 1)
        found = ctx.client("iam").get_role_policy(RoleName=role, PolicyName=name)
        return {
            "role": found["RoleName"],
            "name": found["PolicyName"],
            "namePrefix": given.get("namePrefix", ""),
            "policy": json.dumps(found["PolicyDocument"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        role, name = identity.split(":", 1)
        ctx.client("iam").delete_role_policy(RoleName=role, PolicyName=name)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", policy_document.IDENTITY)
        # AWS: «IAM and AWS STS quotas»: 10,240 characters over all inline policies of a role, white space not counted;
        # per reference notes, not verified against AWS.
        size = len("".join(str(new["policy"]).split()))
        if size > 10_240:
            yield Refusal(
                "LimitExceeded", f"the inline policy has {size} characters, a role may hold 10,240.", "policy"
            )
