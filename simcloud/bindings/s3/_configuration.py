"""What all configurations of a bucket have in common: the bucket's name is their id, and writing replaces the whole."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class BucketConfiguration(Binding, ABC):
    """A configuration of one bucket. Subclasses write `request` and `found`."""

    service = "s3"
    replaces = frozenset({"bucket", "expectedBucketOwner"})
    references: ClassVar[tuple[Reference, ...]] = (Reference("bucket", "bucket"),)
    reader: ClassVar[str]
    """boto3's method that reads the configuration."""
    remover: ClassVar[str]
    """boto3's method that removes it."""

    @abstractmethod
    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        """The properties, out of the answer of `reader`; None if nothing is configured."""

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["bucket"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            getattr(ctx.client("s3"), self.operation)(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = self.found(getattr(ctx.client("s3"), self.reader)(Bucket=identity), given)
        return None if found is None else {"bucket": identity, **found}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        params: Params = {"Bucket": identity}
        getattr(ctx.client("s3"), self.remover)(**params)
