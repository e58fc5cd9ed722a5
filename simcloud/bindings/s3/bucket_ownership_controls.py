from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.values import Props


class BucketOwnershipControls(BucketConfiguration):
    """Who owns what others put into a bucket, and whether ACLs count."""

    token = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
    operation = "put_bucket_ownership_controls"
    parameters = {"OwnershipControls.Rules[0]": "rule"}
    reader = "get_bucket_ownership_controls"
    remover = "delete_bucket_ownership_controls"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Bucket": new["bucket"], "OwnershipControls": {"Rules": [_words.to_api(new["rule"], {})]}}

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        return {"rule": _words.from_api(answer["OwnershipControls"]["Rules"][0], {})}
