"""What distributions name: it cannot be removed while they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.context import Context


def behaviours(ctx: Context) -> Iterator[Mapping[str, Any]]:
    """The cache behaviours of all distributions, in the API's words."""
    for distribution in _distributions(ctx):
        yield distribution["DefaultCacheBehavior"]
        yield from distribution["CacheBehaviors"].get("Items", [])


def origins(ctx: Context) -> Iterator[Mapping[str, Any]]:
    """The origins of all distributions, in the API's words."""
    for distribution in _distributions(ctx):
        yield from distribution["Origins"]["Items"]


def exists(ctx: Context, kind: str, identity: str) -> bool:
    """Whether CloudFront has the thing of `kind`, such as `key_group`, with this id."""
    try:
        getattr(ctx.client("cloudfront"), f"get_{kind}")(Id=identity)
    except ClientError:
        return False
    return True


def _distributions(ctx: Context) -> list[Mapping[str, Any]]:
    listed = ctx.client("cloudfront").list_distributions()["DistributionList"]
    found: list[Mapping[str, Any]] = listed.get("Items", [])
    return found
