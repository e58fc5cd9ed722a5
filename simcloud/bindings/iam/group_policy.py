from __future__ import annotations

from simcloud.binding import Reference
from simcloud.bindings.iam._inline import InlinePolicy


class GroupPolicy(InlinePolicy):
    """A policy written into a group."""

    token = "aws:iam/groupPolicy:GroupPolicy"
    operation = "put_group_policy"
    parameters = {"GroupName": "group", "PolicyName": "name", "PolicyDocument": "policy"}
    replaces = frozenset({"name", "namePrefix", "group"})
    references = (Reference("group", "group"),)
    owner = "group"
    most = 5_120  # AWS: «IAM and AWS STS quotas»; from memory, not verified.
