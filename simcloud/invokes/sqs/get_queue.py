from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_queue(ctx: Context, args: Props) -> Props:
    """A queue by its name."""
    client = ctx.client("sqs")
    url = client.get_queue_url(QueueName=args["name"])["QueueUrl"]
    attributes = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    return {
        "arn": attributes["QueueArn"],
        "id": url,
        "name": args["name"],
        "region": ctx.region,
        "tags": client.list_queue_tags(QueueUrl=url).get("Tags") or {},
        "url": url,
    }
