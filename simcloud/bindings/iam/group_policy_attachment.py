from __future__ import annotations

from simcloud.binding import Reference
from simcloud.bindings.iam._attachment import Attachment


class GroupPolicyAttachment(Attachment):
    """A managed policy attached to a group."""

    token = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"
    operation = "attach_group_policy"
    parameters = {"GroupName": "group"}
    replaces = frozenset({"group", "policyArn"})
    faults = {"LimitExceeded": "policyArn"}
    references = (Reference("group", "group"), Reference("policyArn", "policy"))
    owner = "group"
