from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.s3 import _object
from simcloud.values import Props


def get_bucket_object(ctx: Context, args: Props) -> Props:
    """An object, with its content if that is text."""
    found, told = _object.described(ctx, args)
    text = _object.body(ctx, args).decode() if _object.is_text(found) else ""
    return {**told, "arn": f"arn:{ctx.partition}:s3:::{told['id']}", "body": text}
