from __future__ import annotations

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.values import Props


class RolePolicyAttachmentsExclusive(Binding):
    """All the managed policies that a role may have: others are detached, those missing attached."""

    token = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
    service = "iam"
    replaces = frozenset({"roleName"})
    references = (Reference("roleName", "role"), Reference("policyArns[]", "policy"))
    global_service = True

    def create(self, ctx: Context, new: Props) -> str:
        _attach_only(ctx, new["roleName"], new["policyArns"])
        return str(new["roleName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _attach_only(ctx, identity, new["policyArns"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return {"roleName": identity, "policyArns": _attached(ctx, identity)}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: the role keeps what it has, others may attach more again."""


def _attached(ctx: Context, role: str) -> list[str]:
    listed = ctx.client("iam").list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    return [policy["PolicyArn"] for policy in listed]


def _attach_only(ctx: Context, role: str, wanted: list[str]) -> None:
    iam, present = ctx.client("iam"), _attached(ctx, role)
    for arn in present:
        if arn not in wanted:
            iam.detach_role_policy(RoleName=role, PolicyArn=arn)
    for arn in wanted:
        if arn not in present:
            iam.attach_role_policy(RoleName=role, PolicyArn=arn)
