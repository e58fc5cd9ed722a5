"""What other resources name of KMS."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _kms_key(ctx: Context, value: str) -> Any:
    return ctx.client("kms").describe_key(KeyId=value)


RESOLVERS = {
    "kms_key": Resolver("NotFoundException", "Key '{value}' does not exist", _kms_key, given_out=True),
    "primary_key": Resolver(
        "NotFoundException", "Key '{value}' does not exist", _kms_key, given_out=True, any_region=True
    ),
}
