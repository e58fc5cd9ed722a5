from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document, tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: «IAM and AWS STS quotas»; per reference notes, not verified against AWS.
_MAX_CHARACTERS = 6_144
_MAX_VERSIONS = 5


class Policy(Binding):
    """A managed policy; a change makes a new version and drops the oldest when there are five."""

    token = "aws:iam/policy:Policy"
    service = "iam"
    faults = {"EntityAlreadyExists": "name"}
    operation = "create_policy"
    parameters = {"PolicyName": "name", "PolicyDocument": "policy"}
    replaces = frozenset({"name", "namePrefix", "path", "description"})
    defaults = {"path": "/"}
    autoname = AutoName(limit=128)
    tagging = tagging.POLICY
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "PolicyName": new["name"],
                "Path": new["path"],
                "PolicyDocument": new["policy"],
                "Description": new.get("description"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Policy"]["Arn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old or new["policy"] == old.get("policy"):
            return
        iam = ctx.client("iam")
        versions = _spare_versions(iam, identity)
        if len(versions) >= _MAX_VERSIONS - 1:
            iam.delete_policy_version(PolicyArn=identity, VersionId=versions[0])
        iam.create_policy_version(PolicyArn=identity, PolicyDocument=new["policy"], SetAsDefault=True)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        iam = ctx.client("iam")
        policy = iam.get_policy(PolicyArn=identity)["Policy"]
        version = iam.get_policy_version(PolicyArn=identity, VersionId=policy["DefaultVersionId"])
        return {
            "arn": policy["Arn"],
            "policyId": policy["PolicyId"],
            "name": policy["PolicyName"],
            "namePrefix": given.get("namePrefix", ""),
            "path": policy["Path"],
            "description": policy.get("Description") or None,
            "attachmentCount": policy["AttachmentCount"],
            "policy": json.dumps(version["PolicyVersion"]["Document"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        iam = ctx.client("iam")
        if iam.get_policy(PolicyArn=identity)["Policy"]["AttachmentCount"] > 0:
            raise Refusal("DeleteConflict", "Cannot delete a policy attached to entities.")
        for version in _spare_versions(iam, identity):
            iam.delete_policy_version(PolicyArn=identity, VersionId=version)
        iam.delete_policy(PolicyArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", policy_document.IDENTITY)
        size = len("".join(str(new["policy"]).split()))
        if size > _MAX_CHARACTERS:
            yield Refusal(
                "LimitExceeded",
                f"the policy has {size} characters, at most {_MAX_CHARACTERS} are allowed.",
                "policy",
            )


def _spare_versions(iam: Any, arn: str) -> list[str]:
    """The versions that are not the default, oldest first."""
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    spare = [version["VersionId"] for version in versions if not version["IsDefaultVersion"]]
    return sorted(spare, key=lambda version: int(version.removeprefix("v")))
