from __future__ import annotations

import json
from typing import Any

from simcloud import tagging
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_policy(ctx: Context, args: Props) -> Props:
    """A managed policy by ARN, or by name and path, AWS's own among them."""
    iam, arn = ctx.client("iam"), args.get("arn") or _arn(ctx, args)
    found = iam.get_policy(PolicyArn=arn)["Policy"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId=found["DefaultVersionId"])
    return {
        "arn": arn,
        "attachmentCount": found["AttachmentCount"],
        "description": found.get("Description") or "",
        "id": arn,
        "name": found["PolicyName"],
        "path": found["Path"],
        "pathPrefix": args.get("pathPrefix"),
        "policy": json.dumps(version["PolicyVersion"]["Document"]),
        "policyId": found["PolicyId"],
        "tags": {} if ":iam::aws:" in arn else tagging.POLICY.current(ctx, arn),
    }


def _arn(ctx: Context, args: Props) -> str:
    if not args.get("name"):
        raise Refusal("InvalidArgument", "one of `arn` and `name` must be given.", "arn")
    pages = (
        ctx.client("iam").get_paginator("list_policies").paginate(PathPrefix=args.get("pathPrefix") or "/")
    )
    listed: list[Any] = [policy for page in pages for policy in page["Policies"]]
    fitting = [policy["Arn"] for policy in listed if policy["PolicyName"] == args["name"]]
    return str(_one.only(fitting, "IAM Policy"))
