from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.tagging import mapping
from simcloud.values import Props


def get_topic(ctx: Context, args: Props) -> Props:
    """A topic by its name."""
    client = ctx.client("sns")
    pages = client.get_paginator("list_topics").paginate()
    named = [item["TopicArn"] for page in pages for item in page["Topics"]]
    arn = _one.only([item for item in named if item.rsplit(":", 1)[-1] == args["name"]], "SNS Topic")
    return {
        "arn": arn,
        "id": arn,
        "name": args["name"],
        "region": ctx.region,
        "tags": mapping(client.list_tags_for_resource(ResourceArn=arn)["Tags"]),
    }
