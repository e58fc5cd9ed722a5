from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.values import Props, without_none


class KeyValueStore(Binding):
    """Data that functions read at the edge."""

    token = "aws:cloudfront/keyValueStore:KeyValueStore"
    service = "cloudfront"
    operation = "create_key_value_store"
    replaces = frozenset({"name"})
    faults = {"EntityAlreadyExists": "name"}
    autoname = AutoName(limit=64)
    tagging = tagging.CLOUDFRONT
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({"Name": new["name"], "Comment": new.get("comment")})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["KeyValueStore"]["Name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new.get("comment") != old.get("comment"):
            cloudfront = ctx.client("cloudfront")
            cloudfront.update_key_value_store(
                Name=identity, Comment=new.get("comment", ""), IfMatch=_tag(cloudfront, identity)
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("cloudfront").describe_key_value_store(Name=identity)
        store = found["KeyValueStore"]
        return {
            "arn": store["ARN"],
            "name": store["Name"],
            "comment": store.get("Comment") or None,
            "etag": found["ETag"],
            "lastModifiedTime": store["LastModifiedTime"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        cloudfront = ctx.client("cloudfront")
        cloudfront.delete_key_value_store(Name=identity, IfMatch=_tag(cloudfront, identity))


def _tag(cloudfront: Any, name: str) -> str:
    return str(cloudfront.describe_key_value_store(Name=name)["ETag"])
