"""What look-ups tell of an object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.tagging import mapping
from simcloud.values import Props, without_none

# AWS: the provider shows the content of what is text; from memory of its documentation, not verified.
_TEXT = ("text/", "application/json", "application/xml", "application/yaml", "application/javascript")
_SAME = {
    "cacheControl": "CacheControl",
    "contentDisposition": "ContentDisposition",
    "contentEncoding": "ContentEncoding",
    "contentLanguage": "ContentLanguage",
    "objectLockLegalHoldStatus": "ObjectLockLegalHoldStatus",
    "objectLockMode": "ObjectLockMode",
    "sseKmsKeyId": "SSEKMSKeyId",
    "websiteRedirectLocation": "WebsiteRedirectLocation",
}


def where(args: Props) -> Params:
    """The object that is asked for."""
    return without_none(
        {
            "Bucket": args["bucket"],
            "Key": args["key"],
            "Range": args.get("range"),
            "VersionId": args.get("versionId"),
        }
    )


def described(ctx: Context, args: Props) -> tuple[Mapping[str, Any], Props]:
    """The object as AWS tells it, and the properties that all look-ups of objects have."""
    found = ctx.client("s3").head_object(**where(args), ChecksumMode="ENABLED")
    tags = ctx.client("s3").get_object_tagging(Bucket=args["bucket"], Key=args["key"])["TagSet"]
    until = found.get("ObjectLockRetainUntilDate")
    return found, {
        **{name: found.get(parameter, "") for name, parameter in _SAME.items()},
        "bucket": args["bucket"],
        "bucketKeyEnabled": found.get("BucketKeyEnabled", False),
        "contentLength": found["ContentLength"],
        "contentType": found.get("ContentType", ""),
        "etag": found["ETag"].strip('"'),
        "expiration": found.get("Expiration", ""),
        "expires": "",
        "id": f"{args['bucket']}/{args['key']}",
        "key": args["key"],
        "lastModified": found["LastModified"].strftime("%a, %d %b %Y %H:%M:%S %Z"),
        "metadata": found.get("Metadata", {}),
        "objectLockRetainUntilDate": until.isoformat() if until else "",
        "range": args.get("range"),
        "region": ctx.region,
        "serverSideEncryption": found.get("ServerSideEncryption", "AES256"),
        "storageClass": found.get("StorageClass", "STANDARD"),
        "tags": mapping(tags),
        "versionId": found.get("VersionId", ""),
    }


def body(ctx: Context, args: Props) -> bytes:
    """The content."""
    content: bytes = ctx.client("s3").get_object(**where(args))["Body"].read()
    return content


def is_text(found: Mapping[str, Any]) -> bool:
    """Whether the provider shows the content."""
    return str(found.get("ContentType", "")).startswith(_TEXT)
