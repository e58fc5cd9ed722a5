from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from botocore.exceptions import ClientError

from simcloud import policy_document, principals
from simcloud.binding import Params
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class BucketPolicy(BucketConfiguration):
    """Who may do what with a bucket."""

    token = "aws:s3/bucketPolicy:BucketPolicy"
    operation = "put_bucket_policy"
    reader = "get_bucket_policy"
    remover = "delete_bucket_policy"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Bucket": new["bucket"], "Policy": new["policy"]}

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        return {"policy": answer["Policy"]}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        bucket, policy = new["bucket"], new["policy"]
        malformed = list(policy_document.problems(policy, "policy", policy_document.BUCKET))
        yield from malformed
        if malformed or not isinstance(bucket, str) or not isinstance(policy, str):
            return
        yield from _foreign(ctx, bucket, policy)
        yield from _actions(ctx, bucket, policy)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from principals.missing(ctx, new["policy"], "policy", policy_document.BUCKET)
        public = any(map(policy_document.is_public, policy_document.statements(new["policy"])))
        if public and _blocks_public_policies(ctx, new["bucket"]):
            yield Refusal(
                "AccessDenied",
                f"the policy lets anybody in, and the public access block of {new['bucket']} forbids such policies.",
                "policy",
            )


def _blocks_public_policies(ctx: Context, bucket: str) -> bool:
    try:
        found = ctx.client("s3").get_public_access_block(Bucket=bucket)
    except ClientError:
        return False
    return bool(found["PublicAccessBlockConfiguration"].get("BlockPublicPolicy"))


# Actions on the bucket itself; the others are on objects. AWS: «Actions, resources, and condition keys for Amazon S3»;
# from memory of the documentation, not verified: only these few are looked at.
_ACTION = re.compile(
    r"\*|s3(-object-lambda)?:(\w*[*?][\w*?]*|(Abort|Associate|Bypass|Create|Delete|Describe|Dissociate|Get|Initiate|List"
    r"|Object|Pause|Put|Replicate|Restore|Submit|Tag|Untag|Update)\w*)",
    re.IGNORECASE,
)
_ON_OBJECTS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")


def _actions(ctx: Context, bucket: str, policy: str) -> Iterator[Refusal]:
    """AWS: the actions are of S3, and one of them at least can be done to one of the resources."""
    whole = f"arn:{ctx.partition}:s3:::{bucket}"
    for statement in policy_document.statements(policy):
        actions = _listed(statement.get("Action", statement.get("NotAction", [])))
        for action in actions:
            if not _ACTION.fullmatch(str(action)):
                yield Refusal("MalformedPolicy", f"Policy has invalid action: {action}", "policy")
        if (
            actions
            and all(action in _ON_OBJECTS for action in actions)
            and statement.get("Resource") in (whole, [whole])
        ):
            text = "Action does not apply to any resource(s) in statement"
            yield Refusal("MalformedPolicy", text, "policy", f"name the objects: {whole}/*.")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _foreign(ctx: Context, bucket: str, policy: str) -> Iterator[Refusal]:
    """AWS: every resource of a bucket's policy is the bucket or in it."""
    for statement in policy_document.statements(policy):
        resources = statement.get("Resource", statement.get("NotResource", []))
        for resource in resources if isinstance(resources, list) else [resources]:
            named = resource.removeprefix(f"arn:{ctx.partition}:s3:::").split("/", 1)[0]
            if not fnmatchcase(bucket, named):
                yield Refusal("MalformedPolicy", f"Policy has invalid resource: {resource}", "policy")
