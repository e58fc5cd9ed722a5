from __future__ import annotations

from simcloud.binding import Reference
from simcloud.bindings.iam._inline import InlinePolicy


class UserPolicy(InlinePolicy):
    """A policy written into a user."""

    token = "aws:iam/userPolicy:UserPolicy"
    operation = "put_user_policy"
    parameters = {"UserName": "user", "PolicyName": "name", "PolicyDocument": "policy"}
    replaces = frozenset({"name", "namePrefix", "user"})
    references = (Reference("user", "user"),)
    owner = "user"
    most = 2_048  # AWS: «IAM and AWS STS quotas»; from memory, not verified.
