from __future__ import annotations

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.values import Props


class RolePoliciesExclusive(Binding):
    """All the inline policies that a role may have: others are deleted. It writes none itself."""

    token = "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"
    service = "iam"
    replaces = frozenset({"roleName"})
    references = (Reference("roleName", "role"),)
    global_service = True

    def create(self, ctx: Context, new: Props) -> str:
        _keep_only(ctx, new["roleName"], new["policyNames"])
        return str(new["roleName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _keep_only(ctx, identity, new["policyNames"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return {"roleName": identity, "policyNames": _present(ctx, identity)}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: the role keeps what it has, others may add to it again."""


def _present(ctx: Context, role: str) -> list[str]:
    return list(ctx.client("iam").list_role_policies(RoleName=role)["PolicyNames"])


def _keep_only(ctx: Context, role: str, wanted: list[str]) -> None:
    for name in _present(ctx, role):
        if name not in wanted:
            ctx.client("iam").delete_role_policy(RoleName=role, PolicyName=name)
