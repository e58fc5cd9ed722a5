from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.values import Props, without_none


class BucketLogging(BucketConfiguration):
    """Where the requests to a bucket are logged."""

    token = "aws:s3/bucketLogging:BucketLogging"
    operation = "put_bucket_logging"
    parameters = {
        f"BucketLoggingStatus.LoggingEnabled.T{name[1:]}": name
        for name in ("targetBucket", "targetPrefix", "targetGrants", "targetObjectKeyFormat")
    }
    reader = "get_bucket_logging"
    faults = {"InvalidTargetBucketForLogging": "targetBucket"}
    references = (Reference("bucket", "bucket"), Reference("targetBucket", "bucket"))

    def request(self, ctx: Context, new: Props) -> Params:
        target = without_none(
            {
                "TargetBucket": new["targetBucket"],
                "TargetPrefix": new["targetPrefix"],
                "TargetGrants": _words.to_api(new.get("targetGrants"), _WORDS),
                "TargetObjectKeyFormat": _words.to_api(new.get("targetObjectKeyFormat"), _WORDS),
            }
        )
        return {"Bucket": new["bucket"], "BucketLoggingStatus": {"LoggingEnabled": target}}

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        target = answer.get("LoggingEnabled")
        if not target:
            return None
        return {
            "targetBucket": target["TargetBucket"],
            "targetPrefix": target.get("TargetPrefix", ""),
            "targetObjectKeyFormat": _words.from_api(target.get("TargetObjectKeyFormat"), _WORDS),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("s3").put_bucket_logging(Bucket=identity, BucketLoggingStatus={})


_WORDS = {"id": "ID", "uri": "URI"}
