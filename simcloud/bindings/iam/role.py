from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document, principals, tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Role(Binding):
    """A role with the policies that are attached to it or written into it."""

    token = "aws:iam/role:Role"
    service = "iam"
    faults = {"EntityAlreadyExists": "name"}
    operation = "create_role"
    parameters = {"RoleName": "name", "AssumeRolePolicyDocument": "assumeRolePolicy"}
    replaces = frozenset({"name", "namePrefix", "path"})
    defaults = {"path": "/", "maxSessionDuration": 3600, "forceDetachPolicies": False}
    autoname = AutoName(limit=64)
    tagging = tagging.ROLE
    references = (Reference("permissionsBoundary", "policy"), Reference("managedPolicyArns[]", "policy"))
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "RoleName": new["name"],
                "Path": new["path"],
                "AssumeRolePolicyDocument": new["assumeRolePolicy"],
                "Description": new.get("description"),
                "MaxSessionDuration": new["maxSessionDuration"],
                "PermissionsBoundary": new.get("permissionsBoundary"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Role"]["RoleName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        iam = ctx.client("iam")
        if old:
            _update(iam, identity, new, old)
        if new.get("managedPolicyArns") != old.get("managedPolicyArns"):
            _attach(iam, identity, new.get("managedPolicyArns") or [])
        if new.get("inlinePolicies") != old.get("inlinePolicies"):
            _write(iam, identity, new.get("inlinePolicies") or [])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        iam = ctx.client("iam")
        role = iam.get_role(RoleName=identity)["Role"]
        return {
            "arn": role["Arn"],
            "name": role["RoleName"],
            "namePrefix": given.get("namePrefix", ""),
            "path": role["Path"],
            "uniqueId": role["RoleId"],
            "createDate": role["CreateDate"].isoformat(),
            "description": role.get("Description"),
            "maxSessionDuration": role["MaxSessionDuration"],
            "assumeRolePolicy": json.dumps(role["AssumeRolePolicyDocument"]),
            "permissionsBoundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
            "managedPolicyArns": _attached(iam, identity),
            "inlinePolicies": [
                {"name": name, "policy": json.dumps(document)}
                for name, document in _inline(iam, identity).items()
            ],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        iam = ctx.client("iam")
        for profile in iam.list_instance_profiles_for_role(RoleName=identity)["InstanceProfiles"]:
            iam.remove_role_from_instance_profile(
                InstanceProfileName=profile["InstanceProfileName"], RoleName=identity
            )
        if old.get("forceDetachPolicies") or old.get("managedPolicyArns"):
            _attach(iam, identity, [])
        if old.get("forceDetachPolicies") or old.get("inlinePolicies"):
            _write(iam, identity, [])
        iam.delete_role(RoleName=identity)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return principals.missing(ctx, new["assumeRolePolicy"], "assumeRolePolicy", policy_document.TRUST)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(
            new["assumeRolePolicy"], "assumeRolePolicy", policy_document.TRUST
        )
        for position, inline in enumerate(new.get("inlinePolicies") or []):
            if isinstance(inline, Mapping):
                path = f"inlinePolicies[{position}].policy"
                yield from policy_document.problems(inline.get("policy"), path, policy_document.IDENTITY)


def _update(iam: Any, name: str, new: Props, old: Props) -> None:
    if any(new.get(key) != old.get(key) for key in ("description", "maxSessionDuration")):
        iam.update_role(
            RoleName=name,
            Description=new.get("description", ""),
            MaxSessionDuration=new["maxSessionDuration"],
        )
    if new["assumeRolePolicy"] != old.get("assumeRolePolicy"):
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=new["assumeRolePolicy"])
    boundary = new.get("permissionsBoundary")
    if boundary != old.get("permissionsBoundary"):
        if boundary:
            iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=boundary)
        else:
            iam.delete_role_permissions_boundary(RoleName=name)


def _attached(iam: Any, name: str) -> list[str]:
    return [item["PolicyArn"] for item in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]]


def _attach(iam: Any, name: str, wanted: list[str]) -> None:
    """Attach exactly `wanted`."""
    present = _attached(iam, name)
    for arn in present:
        if arn not in wanted:
            iam.detach_role_policy(RoleName=name, PolicyArn=arn)
    for arn in wanted:
        if arn not in present:
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)


def _inline(iam: Any, name: str) -> dict[str, Any]:
    names = iam.list_role_policies(RoleName=name)["PolicyNames"]
    return {
        policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in names
    }


def _write(iam: Any, name: str, wanted: list[Props]) -> None:
    """Have exactly the `wanted` inline policies."""
    names = {policy["name"] for policy in wanted}
    for present in _inline(iam, name):
        if present not in names:
            iam.delete_role_policy(RoleName=name, PolicyName=present)
    for policy in wanted:
        iam.put_role_policy(RoleName=name, PolicyName=policy["name"], PolicyDocument=policy["policy"])
