from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class RolePolicyAttachment(Binding):
    """A managed policy attached to a role. The id is `role/policy ARN`."""

    token = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    service = "iam"
    operation = "attach_role_policy"
    parameters = {"RoleName": "role"}
    replaces = frozenset({"role", "policyArn"})
    references = (Reference("role", "role"), Reference("policyArn", "policy"))
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"RoleName": new["role"], "PolicyArn": new["policyArn"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['role']}/{new['policyArn']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        role, arn = identity.split("/", 1)
        attached = ctx.client("iam").list_attached_role_policies(RoleName=role)["AttachedPolicies"]
        if all(policy["PolicyArn"] != arn for policy in attached):
            return None
        return {"role": role, "policyArn": arn}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        role, arn = identity.split("/", 1)
        ctx.client("iam").detach_role_policy(RoleName=role, PolicyArn=arn)
