from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud import policy_document
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.s3._tagging import ACCESS_POINT
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_BLOCK = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,48}[a-z0-9]")


class AccessPoint(Binding):
    """A name of its own, with a policy of its own, for a bucket. The id is `account:name`."""

    token = "aws:s3/accessPoint:AccessPoint"
    service = "s3control"
    operation = "create_access_point"
    parameters = {"PublicAccessBlockConfiguration": "publicAccessBlockConfiguration"}
    replaces = frozenset(
        {
            "accountId", "bucket", "bucketAccountId", "name", "publicAccessBlockConfiguration", "vpcConfiguration",
        }
    )  # fmt: skip
    defaults = {"publicAccessBlockConfiguration": dict.fromkeys(_BLOCK, True)}
    autoname = AutoName(limit=50, lower=True)
    tagging = ACCESS_POINT
    references = (Reference("bucket", "bucket"), Reference("vpcConfiguration.vpcId", "vpc"))

    def request(self, ctx: Context, new: Props) -> Params:
        block = new["publicAccessBlockConfiguration"]
        return without_none(
            {
                "AccountId": new.get("accountId", ctx.account),
                "Name": new["name"],
                "Bucket": new["bucket"],
                "BucketAccountId": new.get("bucketAccountId"),
                "VpcConfiguration": _words.to_api(new.get("vpcConfiguration"), {}),
                "PublicAccessBlockConfiguration": _words.to_api(
                    {**dict.fromkeys(_BLOCK, True), **block} if isinstance(block, Mapping) else block, {}
                ),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new.get('accountId', ctx.account)}:{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        """The policy is all that changes; taking it out of the program leaves it in place, as the provider does."""
        if new.get("policy") and new["policy"] != old.get("policy"):
            control, where = ctx.client("s3control"), _where(identity)
            if new["policy"] == "{}":
                control.delete_access_point_policy(**where)
            else:
                control.put_access_point_policy(**where, Policy=new["policy"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        control, where = ctx.client("s3control"), _where(identity)
        found = control.get_access_point(**where)
        policy = _policy(control, where)
        account, name = identity.split(":")
        return {
            "accountId": account,
            "bucketAccountId": given.get("bucketAccountId", account),
            "name": name,
            "bucket": found["Bucket"],
            "arn": found["AccessPointArn"],
            "alias": found["Alias"],
            "domainName": f"{name}-{account}.s3-accesspoint.{ctx.region}.amazonaws.com",
            "endpoints": found["Endpoints"],
            "networkOrigin": found["NetworkOrigin"],
            "policy": policy or ("{}" if given.get("policy") == "{}" else ""),
            "hasPublicAccessPolicy": any(map(policy_document.is_public, policy_document.statements(policy))),
            "publicAccessBlockConfiguration": _words.from_api(found["PublicAccessBlockConfiguration"], {}),
            "vpcConfiguration": _words.from_api(found.get("VpcConfiguration"), {}),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("s3control").delete_access_point(**_where(identity))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, policy = new["name"], new.get("policy")
        # From memory of AWS's documentation, not verified: «Rules for naming Amazon S3 access points».
        if isinstance(name, str) and (not _NAME.fullmatch(name) or name.endswith("-s3alias")):
            yield Refusal(
                "InvalidAccessPointName",
                f"{name!r}: 3 to 50 lower-case letters, digits and hyphens, no hyphen at an end, no -s3alias.",
                "name",
            )
        if policy != "{}":
            yield from policy_document.problems(policy, "policy", policy_document.BUCKET)


def _where(identity: str) -> Params:
    account, name = identity.split(":")
    return {"AccountId": account, "Name": name}


def _policy(control: Any, where: Params) -> str:
    try:
        return str(control.get_access_point_policy(**where).get("Policy") or "")
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchAccessPointPolicy":
            return ""
        raise
