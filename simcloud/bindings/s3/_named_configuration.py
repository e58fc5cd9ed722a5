"""What the configurations of which a bucket has several have in common: their id is `bucket:name`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.binding import AutoName, Binding, Reference
from simcloud.context import Context
from simcloud.tagging import mapping, pairs
from simcloud.values import Props, Value, without_none


class NamedConfiguration(Binding, ABC):
    """One of several configurations of a bucket. Subclasses write `request` and `found`."""

    service = "s3"
    replaces = frozenset({"bucket", "name"})
    autoname = AutoName(limit=64)
    references: ClassVar[tuple[Reference, ...]] = (Reference("bucket", "bucket"),)
    reader: ClassVar[str]
    """boto3's method that reads the configuration."""
    remover: ClassVar[str]
    """boto3's method that removes it."""

    @abstractmethod
    def found(self, answer: Mapping[str, Any]) -> Props:
        """The properties besides bucket and name, out of the answer of `reader`."""

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['bucket']}:{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            getattr(ctx.client("s3"), self.operation)(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        bucket, name = identity.split(":", 1)
        answer = getattr(ctx.client("s3"), self.reader)(Bucket=bucket, Id=name)
        return {"bucket": bucket, "name": name, **self.found(answer)}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        bucket, name = identity.split(":", 1)
        getattr(ctx.client("s3"), self.remover)(Bucket=bucket, Id=name)


def to_filter(given: Value) -> Value:
    """A filter in the API's words: more than one condition go below `And`."""
    if not isinstance(given, Mapping):
        return given
    tags = given.get("tags")
    listed = pairs(tags) if isinstance(tags, Mapping) else []
    conditions = without_none({"Prefix": given.get("prefix"), "AccessPointArn": given.get("accessPoint")})
    if len(conditions) + len(listed) > 1:
        return {"And": {**conditions, **({"Tags": listed} if listed else {})}}
    return {**conditions, **({"Tag": listed[0]} if listed else {})} or None


def from_filter(found: Mapping[str, Any] | None) -> Props | None:
    """The way back of `to_filter`."""
    if not found:
        return None
    both = found.get("And", found)
    tags = mapping(both.get("Tags", [both["Tag"]] if "Tag" in both else []))
    return without_none(
        {"prefix": both.get("Prefix"), "accessPoint": both.get("AccessPointArn"), "tags": tags or None}
    )
