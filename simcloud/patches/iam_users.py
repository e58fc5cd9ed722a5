"""Users and groups as IAM keeps them, and what it refuses to remove."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.responses import EmptyResult
from moto.iam.exceptions import DeleteConflictException, EntityAlreadyExists, LimitExceededException
from moto.iam.models import IAMBackend, User
from moto.iam.responses import IamResponse

from simcloud.patches import adds, around

# AWS: «IAM and STS quotas», managed policies and groups per entity; from memory, not verified.
_POLICIES, _GROUPS = 10, 10


@around(IamResponse)
def create_user(original: Any, self: Any) -> Any:
    """AWS: keeps the boundary, and takes no name that differs in case only; moto: drops it, takes it."""
    name = self._get_param("UserName")
    _refuse_taken(name, self.backend.users, "User")
    answer = original(self)
    self.backend.users[name].boundary = self._get_param("PermissionsBoundary")
    return answer


@around(IAMBackend)
def create_group(original: Any, self: Any, group_name: str, path: str = "/") -> Any:
    """AWS: takes no name that differs in case only; moto: takes it."""
    _refuse_taken(group_name, self.groups, "Group")
    return original(self, group_name, path)


@adds(IamResponse)
def put_user_permissions_boundary(self: Any) -> Any:
    """AWS: sets the boundary; moto: not implemented."""
    self.backend.get_user(self._get_param("UserName")).boundary = self._get_param("PermissionsBoundary")
    return EmptyResult()


@adds(IamResponse)
def delete_user_permissions_boundary(self: Any) -> Any:
    """AWS: takes the boundary away; moto: not implemented."""
    self.backend.get_user(self._get_param("UserName")).boundary = None
    return EmptyResult()


@around(IAMBackend)
def update_user(
    original: Any, self: Any, user_name: str, new_path: str | None = None, new_user_name: str | None = None
) -> None:
    """AWS: tags and keys stay with a renamed user; moto: tags hang on the old ARN, keys on the old name."""
    if new_user_name and new_user_name.lower() != user_name.lower():
        _refuse_taken(new_user_name, self.users, "User")
    user = self.get_user(user_name)
    tags = self.tagger.list_tags_for_resource(user.arn)["Tags"]
    self.tagger.delete_all_tags_for_resource(user.arn)
    original(self, user_name, new_path, new_user_name)
    self.tagger.tag_resource(user.arn, tags)
    for key in user.access_keys:
        key.user_name = user.name


@around(IAMBackend)
def update_group(original: Any, self: Any, group_name: str, new_name: str | None, path: str | None) -> None:
    """AWS: moves a group to another path; moto: only together with another name."""
    group = self.get_group(group_name)
    original(self, group_name, new_name, path)
    if path:
        group.path = path


@around(IAMBackend)
def delete_user(original: Any, self: Any, user_name: str) -> None:
    """AWS: a user who has keys, a password or groups stays; moto: the user goes."""
    for reason in _held_by(self, self.get_user(user_name)):
        raise DeleteConflictException(f"Cannot delete entity, must {reason} first.")
    original(self, user_name)


@around(IAMBackend)
def delete_group(original: Any, self: Any, group_name: str) -> None:
    """AWS: a group that has users or policies stays; moto: it goes."""
    group = self.get_group(group_name)
    reasons = {
        "remove users from group": group.users,
        "detach all policies": group.managed_policies,
        "delete policies": group.policies,
    }
    for reason in (reason for reason, held in reasons.items() if held):
        raise DeleteConflictException(f"Cannot delete entity, must {reason} first.")
    original(self, group_name)


@around(IAMBackend)
def add_user_to_group(original: Any, self: Any, group_name: str, user_name: str) -> None:
    """AWS: a user is in ten groups at most; moto: in any number."""
    names = {group.name for group in self.get_groups_for_user(user_name)}
    if len(names) >= _GROUPS and group_name not in names:
        raise LimitExceededException(f"Cannot exceed quota for GroupsPerUser: {_GROUPS}")
    original(self, group_name, user_name)


@around(IAMBackend)
def attach_user_policy(original: Any, self: Any, policy_arn: str, user_name: str) -> None:
    """AWS: attached once, and ten at most; moto: counted twice, and any number."""
    if _takes(self.get_user(user_name).managed_policies, policy_arn, "PoliciesPerUser"):
        original(self, policy_arn, user_name)


@around(IAMBackend)
def attach_group_policy(original: Any, self: Any, policy_arn: str, group_name: str) -> None:
    """AWS: ten at most; moto: any number."""
    if _takes(self.get_group(group_name).managed_policies, policy_arn, "PoliciesPerGroup"):
        original(self, policy_arn, group_name)


@around(IAMBackend)
def attach_role_policy(original: Any, self: Any, policy_arn: str, role_name: str) -> None:
    """AWS: attached once, and ten at most; moto: counted twice, and any number."""
    if _takes(self.get_role(role_name).managed_policies, policy_arn, "PoliciesPerRole"):
        original(self, policy_arn, role_name)


def _boundary(self: Any) -> dict[str, str] | None:
    arn = getattr(self, "boundary", None)
    if arn is None:
        return None
    return {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}


User.permissions_boundary = property(_boundary)  # type: ignore[attr-defined]


def _refuse_taken(name: str, known: dict[str, Any], kind: str) -> None:
    for other in known:
        if other.lower() == name.lower():
            raise EntityAlreadyExists(f"{kind} with name {other} already exists.")


def _takes(attached: dict[str, Any], arn: str, quota: str) -> bool:
    """Whether the policy is to be attached; raises if there are ten already."""
    if arn in attached:
        return False
    if len(attached) >= _POLICIES:
        raise LimitExceededException(f"Cannot exceed quota for {quota}: {_POLICIES}")
    return True


def _held_by(self: Any, user: Any) -> Iterator[str]:
    if user.access_keys:
        yield "delete access keys"
    if user.password:
        yield "delete login profile"
    if user.mfa_devices:
        yield "deactivate MFA device"
    if user.signing_certificates:
        yield "delete signing certificates"
    if self.get_groups_for_user(user.name):
        yield "remove user from group"
