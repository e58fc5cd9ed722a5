from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.bindings.s3._named_configuration import NamedConfiguration, from_filter, to_filter
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# From memory of AWS's documentation, not verified: PutBucketIntelligentTieringConfiguration, Days.
_DAYS = {"ARCHIVE_ACCESS": (90, 730), "DEEP_ARCHIVE_ACCESS": (180, 730)}
_CONFIGURATION = "IntelligentTieringConfiguration"


class BucketIntelligentTieringConfiguration(NamedConfiguration):
    """When objects that nobody reads move to the archive tiers."""

    token = "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration"
    operation = "put_bucket_intelligent_tiering_configuration"
    parameters = {
        "Id": "name",
        f"{_CONFIGURATION}.Tierings": "tierings",
        f"{_CONFIGURATION}.Status": "status",
        f"{_CONFIGURATION}.Filter": "filter",
    }
    defaults = {"status": "Enabled"}
    reader = "get_bucket_intelligent_tiering_configuration"
    remover = "delete_bucket_intelligent_tiering_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        configuration = without_none(
            {
                "Id": new["name"],
                "Status": new["status"],
                "Filter": to_filter(new.get("filter")),
                "Tierings": _words.to_api(new["tierings"], {}),
            }
        )
        return {"Bucket": new["bucket"], "Id": new["name"], _CONFIGURATION: configuration}

    def found(self, answer: Mapping[str, Any]) -> Props:
        configuration = answer[_CONFIGURATION]
        return {
            "status": configuration["Status"],
            "filter": from_filter(configuration.get("Filter")),
            "tierings": _words.from_api(configuration["Tierings"], {}),
        }

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        tiers: set[str] = set()
        for position, tiering in enumerate(new["tierings"] if isinstance(new["tierings"], list) else ()):
            tier, days = (tiering.get(name) for name in ("accessTier", "days"))
            low, high = _DAYS.get(tier, (0, 730)) if isinstance(tier, str) else (0, 730)
            if isinstance(days, int | float) and not low <= days <= high:
                yield Refusal(
                    "InvalidArgument",
                    f"{tier} after {days:g} days, {low} to {high} allowed.",
                    f"tierings[{position}].days",
                )
            if isinstance(tier, str) and tier in tiers:
                yield Refusal("MalformedXML", f"{tier} is there twice.", f"tierings[{position}].accessTier")
            tiers.update({tier} if isinstance(tier, str) else ())
