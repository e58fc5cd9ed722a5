from __future__ import annotations

import base64

from simcloud.context import Context
from simcloud.invokes.s3 import _object
from simcloud.values import Props

_CHECKSUMS = {
    "checksumCrc32": "ChecksumCRC32",
    "checksumCrc32c": "ChecksumCRC32C",
    "checksumCrc64nvme": "ChecksumCRC64NVME",
    "checksumSha1": "ChecksumSHA1",
    "checksumSha256": "ChecksumSHA256",
}


def get_object(ctx: Context, args: Props) -> Props:
    """An object, with its content if that is text or `downloadBody` asks for it."""
    found, told = _object.described(ctx, args)
    asked = str(args.get("downloadBody", "")).lower()
    content = (
        _object.body(ctx, args) if asked == "true" or (asked != "false" and _object.is_text(found)) else b""
    )
    enabled = args.get("checksumMode") == "ENABLED"
    return {
        **told,
        **{name: found.get(key, "") if enabled else "" for name, key in _CHECKSUMS.items()},
        "arn": f"arn:{ctx.partition}:s3:::{told['id']}",
        "body": content.decode(errors="replace"),
        "bodyBase64": base64.b64encode(content).decode(),
        "checksumMode": args.get("checksumMode"),
        "downloadBody": args.get("downloadBody"),
    }
