"""What the bastion may, and who may use it."""

from __future__ import annotations

from components.account import Account
from components.iam_policy import allow, document

# AWS: managed policy AmazonSSMManagedInstanceCore without its parameter, inventory and patch rights; these
# actions know no resources. Per reference notes, not verified against AWS.
_AGENT = (
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage",
    "ec2messages:FailMessage",
    "ec2messages:GetEndpoint",
    "ec2messages:GetMessages",
    "ec2messages:SendReply",
)
# AWS's documents for a shell and for ports; the second is how a database is reached from a laptop.
_DOCUMENTS = ("SSM-SessionManagerRunShell",)
_PUBLIC_DOCUMENTS = ("AWS-StartPortForwardingSession", "AWS-StartPortForwardingSessionToRemoteHost")


def session_policy() -> str:
    """The agent talks to Session Manager, and nothing else."""
    return document(allow("TalkToSessionManager", _AGENT, ["*"]))


# AWS: IAM user guide, "AWS global condition context keys", aws:MultiFactorAuthPresent; per general knowledge of that
# page, not read again. A session without the key is none with a second factor.
_WITH_SECOND_FACTOR = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def starter_policy(account: Account, instance_id: str, *, second_factor: bool = False) -> str:
    """Sessions and forwarded ports through this machine; one's own sessions can be ended.

    `second_factor`: only for people who showed a second factor to this account.
    """
    machine = account.arn("ec2", f"instance/{instance_id}")
    own = [account.arn("ssm", f"document/{name}") for name in _DOCUMENTS]
    public = [f"arn:{account.partition}:ssm:{account.region}::document/{name}" for name in _PUBLIC_DOCUMENTS]
    sessions = f"arn:{account.partition}:ssm:*:{account.id}:session/${{aws:userid}}-*"
    return document(
        allow(
            "OpenSessions",
            ["ssm:StartSession"],
            [machine, *own, *public],
            condition=_WITH_SECOND_FACTOR if second_factor else None,
        ),
        allow("EndOwnSessions", ["ssm:TerminateSession", "ssm:ResumeSession"], [sessions]),
    )
