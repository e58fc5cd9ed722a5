from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: «Quotas on key groups», CloudFront developer guide, and KeyGroupConfig.Comment; from memory, not verified.
_MOST_KEYS, _LONGEST_COMMENT = 5, 128


class KeyGroup(Binding):
    """Public keys that a cache behaviour trusts."""

    token = "aws:cloudfront/keyGroup:KeyGroup"
    service = "cloudfront"
    operation = "create_key_group"
    parameters = {"KeyGroupConfig.Name": "name", "KeyGroupConfig.Items": "items"}
    faults = {"KeyGroupAlreadyExists": "name"}
    autoname = AutoName(limit=128)
    references = (Reference("items[]", "public_key"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        config = {"Name": new["name"], "Items": new["items"], "Comment": new.get("comment")}
        return {"KeyGroupConfig": without_none(config)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["KeyGroup"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            cloudfront = ctx.client("cloudfront")
            tag = cloudfront.get_key_group(Id=identity)["ETag"]
            cloudfront.update_key_group(Id=identity, IfMatch=tag, **self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("cloudfront").get_key_group(Id=identity)
        config = found["KeyGroup"]["KeyGroupConfig"]
        return {
            "name": config["Name"],
            "items": config["Items"],
            "comment": config.get("Comment") or None,
            "etag": found["ETag"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        cloudfront = ctx.client("cloudfront")
        tag = cloudfront.get_key_group(Id=identity)["ETag"]
        cloudfront.delete_key_group(Id=identity, IfMatch=tag)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        items, comment = new["items"], new.get("comment")
        if isinstance(items, list) and not items:
            yield Refusal("InvalidArgument", "A key group has at least one public key.", "items")
        if isinstance(items, list) and len(items) > _MOST_KEYS:
            yield Refusal(
                "TooManyPublicKeysInKeyGroup",
                f"The number of public keys in this key group is {len(items)}, at most {_MOST_KEYS} are allowed.",
                "items",
            )
        if isinstance(comment, str) and len(comment) > _LONGEST_COMMENT:
            yield Refusal("InvalidArgument", "The comment is longer than 128 characters.", "comment")
