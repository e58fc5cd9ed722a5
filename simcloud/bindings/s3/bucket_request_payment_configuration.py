from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.values import Props


class BucketRequestPaymentConfiguration(BucketConfiguration):
    """Who pays for the requests to a bucket. Removing it makes the owner pay again."""

    token = "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration"
    operation = "put_bucket_request_payment"
    parameters = {"RequestPaymentConfiguration.Payer": "payer"}
    reader = "get_bucket_request_payment"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Bucket": new["bucket"], "RequestPaymentConfiguration": {"Payer": new["payer"]}}

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        return {"payer": answer["Payer"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("s3").put_bucket_request_payment(
            Bucket=identity, RequestPaymentConfiguration={"Payer": "BucketOwner"}
        )
