from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.s3._named_configuration import NamedConfiguration, from_filter, to_filter
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class BucketMetric(NamedConfiguration):
    """Request metrics of a bucket, or of a part of it."""

    token = "aws:s3/bucketMetric:BucketMetric"
    operation = "put_bucket_metrics_configuration"
    parameters = {"Id": "name", "MetricsConfiguration.Id": "name", "MetricsConfiguration.Filter": "filter"}
    reader = "get_bucket_metrics_configuration"
    remover = "delete_bucket_metrics_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        configuration = without_none({"Id": new["name"], "Filter": to_filter(new.get("filter"))})
        return {"Bucket": new["bucket"], "Id": new["name"], "MetricsConfiguration": configuration}

    def found(self, answer: Mapping[str, Any]) -> Props:
        return {"filter": from_filter(answer["MetricsConfiguration"].get("Filter"))}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new["name"]
        # From memory of AWS's documentation, not verified: PutBucketMetricsConfiguration, Id.
        if isinstance(name, str) and not (0 < len(name) <= 64 and name.isascii()):
            yield Refusal("InvalidConfigurationId", f"{name!r} must have 1 to 64 characters.", "name")
        if new.get("filter") == {}:
            yield Refusal("MalformedXML", "a filter needs a prefix, tags or an access point.", "filter")
