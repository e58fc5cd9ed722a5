from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class BucketAccelerateConfiguration(BucketConfiguration):
    """Whether a bucket is reached through the edge. Removing it suspends: nothing undoes it."""

    token = "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration"
    operation = "put_bucket_accelerate_configuration"
    parameters = {"AccelerateConfiguration.Status": "status"}
    reader = "get_bucket_accelerate_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Bucket": new["bucket"], "AccelerateConfiguration": {"Status": new["status"]}}

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        return {"status": answer["Status"]} if answer.get("Status") else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("s3").put_bucket_accelerate_configuration(
            Bucket=identity, AccelerateConfiguration={"Status": "Suspended"}
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # From memory of AWS's documentation, not verified: «Requirements for using S3 Transfer Acceleration».
        if isinstance(new["bucket"], str) and "." in new["bucket"]:
            yield Refusal(
                "InvalidRequest",
                "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
                "bucket",
            )
