from __future__ import annotations

import base64
from collections.abc import Iterator

from simcloud import assets, tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_CONTENTS = ("source", "content", "contentBase64")
_PARAMETERS = {
    "cacheControl": "CacheControl",
    "contentDisposition": "ContentDisposition",
    "contentEncoding": "ContentEncoding",
    "contentLanguage": "ContentLanguage",
    "contentType": "ContentType",
    "metadata": "Metadata",
    "storageClass": "StorageClass",
    "serverSideEncryption": "ServerSideEncryption",
    "websiteRedirect": "WebsiteRedirectLocation",
}
_CHECKSUMS = {
    "checksumCrc32": "ChecksumCRC32",
    "checksumCrc32c": "ChecksumCRC32C",
    "checksumCrc64nvme": "ChecksumCRC64NVME",
    "checksumSha1": "ChecksumSHA1",
    "checksumSha256": "ChecksumSHA256",
}


class BucketObjectv2(Binding):
    """An object in a bucket. The id is `bucket/key`."""

    token = "aws:s3/bucketObjectv2:BucketObjectv2"
    service = "s3"
    operation = "put_object"
    parameters = {"ACL": "acl", "SSEKMSKeyId": "kmsKeyId"}
    replaces = frozenset({"bucket", "key"})
    defaults = {"forceDestroy": False}
    autoname = AutoName("key", limit=1024, plain=True)
    tagging = tagging.OBJECT
    references = (Reference("bucket", "bucket"), Reference("kmsKeyId", "kms_key"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Bucket": new["bucket"],
                "Key": new.get("key"),
                "ACL": new.get("acl"),
                "SSEKMSKeyId": new.get("kmsKeyId"),
                "BucketKeyEnabled": new.get("bucketKeyEnabled"),
                "ChecksumAlgorithm": new.get("checksumAlgorithm"),
                **{parameter: new.get(name) for name, parameter in _PARAMETERS.items()},
                **({"ServerSideEncryption": "aws:kms"} if new.get("kmsKeyId") else {}),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("s3").put_object(**self.request(ctx, new), Body=_body(new))
        return f"{new['bucket']}/{new['key']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        """Put the object again; a new object has no tags, so those of the old one go with it."""
        if not old:
            return
        s3 = ctx.client("s3")
        where = {"Bucket": new["bucket"], "Key": new["key"]}
        tags = s3.get_object_tagging(**where)["TagSet"]
        s3.put_object(**self.request(ctx, new), Body=_body(new))
        s3.put_object_tagging(**where, Tagging={"TagSet": tags})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        bucket, key = identity.split("/", 1)
        found = ctx.client("s3").head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
        return {
            "arn": f"arn:{ctx.partition}:s3:::{bucket}/{key}",
            "bucket": bucket,
            "key": key,
            "acl": given.get("acl", "private"),
            "etag": given.get("etag", found["ETag"].strip('"')),
            "versionId": found.get("VersionId", ""),
            "kmsKeyId": found.get("SSEKMSKeyId", ""),
            "bucketKeyEnabled": found.get("BucketKeyEnabled", False),
            **{name: found.get(parameter) or None for name, parameter in _PARAMETERS.items()},
            **{name: found.get(parameter, "") for name, parameter in _CHECKSUMS.items()},
            "storageClass": found.get("StorageClass", "STANDARD"),
            "serverSideEncryption": found.get("ServerSideEncryption", "AES256"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        bucket, key = identity.split("/", 1)
        s3 = ctx.client("s3")
        listed = s3.list_object_versions(Bucket=bucket, Prefix=key)
        for version in (*listed.get("Versions", ()), *listed.get("DeleteMarkers", ())):
            if version["Key"] == key:
                s3.delete_object(
                    Bucket=bucket,
                    Key=key,
                    VersionId=version["VersionId"],
                    BypassGovernanceRetention=bool(old.get("forceDestroy")),
                )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        given = [name for name in _CONTENTS if name in new]
        if len(given) > 1:
            yield Refusal(
                "InvalidParameterCombination", f"{' and '.join(given)} exclude each other.", given[1]
            )


def _body(new: Props) -> bytes:
    if "contentBase64" in new:
        return base64.b64decode(new["contentBase64"])
    if "source" in new:
        return assets.content_of(new["source"], "source")
    return str(new.get("content", "")).encode()
