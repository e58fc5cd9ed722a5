from __future__ import annotations

from simcloud.binding import Reference
from simcloud.bindings.iam._attachment import Attachment


class UserPolicyAttachment(Attachment):
    """A managed policy attached to a user."""

    token = "aws:iam/userPolicyAttachment:UserPolicyAttachment"
    operation = "attach_user_policy"
    parameters = {"UserName": "user"}
    replaces = frozenset({"user", "policyArn"})
    faults = {"LimitExceeded": "policyArn"}
    references = (Reference("user", "user"), Reference("policyArn", "policy"))
    owner = "user"
