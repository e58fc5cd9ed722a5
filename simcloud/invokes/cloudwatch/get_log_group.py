from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_log_group(ctx: Context, args: Props) -> Props:
    """A log group by its name."""
    client, name = ctx.client("logs"), args["name"]
    pages = client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=name)
    listed = [group for page in pages for group in page["logGroups"] if group["logGroupName"] == name]
    found = _one.only(listed, "CloudWatch Logs Log Group")
    arn = str(found["arn"]).removesuffix(":*")
    return {
        "arn": arn,
        "creationTime": found["creationTime"],
        "deletionProtectionEnabled": found.get("deletionProtectionEnabled", False),
        "id": name,
        "kmsKeyId": found.get("kmsKeyId", ""),
        "logGroupClass": found.get("logGroupClass", "STANDARD"),
        "name": name,
        "region": ctx.region,
        "retentionInDays": found.get("retentionInDays", 0),
        "tags": client.list_tags_for_resource(resourceArn=arn)["tags"],
    }
