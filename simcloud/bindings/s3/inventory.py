from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.s3._named_configuration import NamedConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_WORDS = {"sseKms": "SSEKMS", "sseS3": "SSES3"}
_WAYS = ("sseKms", "sseS3")


class Inventory(NamedConfiguration):
    """A list of a bucket's objects, delivered daily or weekly."""

    token = "aws:s3/inventory:Inventory"
    operation = "put_bucket_inventory_configuration"
    parameters = {
        "Id": "name",
        "InventoryConfiguration.Destination": "destination",
        "InventoryConfiguration.Schedule": "schedule",
        "InventoryConfiguration.IncludedObjectVersions": "includedObjectVersions",
        "InventoryConfiguration.OptionalFields": "optionalFields",
        "InventoryConfiguration.IsEnabled": "enabled",
        "InventoryConfiguration.Filter": "filter",
    }
    defaults = {"enabled": True}
    references = (
        Reference("bucket", "bucket"),
        Reference("destination.bucket.bucketArn", "bucket_arn"),
        Reference("destination.bucket.encryption.sseKms.keyId", "kms_key"),
    )
    reader = "get_bucket_inventory_configuration"
    remover = "delete_bucket_inventory_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        configuration = without_none(
            {
                "Id": new["name"],
                "IsEnabled": new["enabled"],
                "IncludedObjectVersions": new["includedObjectVersions"],
                "Schedule": _words.to_api(new["schedule"], {}),
                "OptionalFields": new.get("optionalFields"),
                "Filter": _words.to_api(new.get("filter"), {}),
                "Destination": _to_destination(new["destination"]),
            }
        )
        return {"Bucket": new["bucket"], "Id": new["name"], "InventoryConfiguration": configuration}

    def found(self, answer: Mapping[str, Any]) -> Props:
        configuration = answer["InventoryConfiguration"]
        target = _words.from_api(configuration["Destination"]["S3BucketDestination"], _WORDS)
        target["bucketArn"] = target.pop("bucket")
        return {
            "enabled": configuration["IsEnabled"],
            "includedObjectVersions": configuration["IncludedObjectVersions"],
            "schedule": _words.from_api(configuration["Schedule"], {}),
            "optionalFields": configuration.get("OptionalFields"),
            "filter": _words.from_api(configuration.get("Filter"), {}),
            "destination": {"bucket": target},
        }

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        target = new["destination"].get("bucket") if isinstance(new["destination"], Mapping) else None
        encryption = target.get("encryption") if isinstance(target, Mapping) else None
        if isinstance(encryption, Mapping) and sum(way in encryption for way in _WAYS) != 1:
            yield Refusal(
                "MalformedXML", "exactly one of sseKms and sseS3 is needed.", "destination.bucket.encryption"
            )


def _to_destination(destination: Value) -> Value:
    if not isinstance(destination, Mapping) or not isinstance(destination.get("bucket"), Mapping):
        return destination
    target = {key: value for key, value in destination["bucket"].items() if key != "bucketArn"}
    return {
        "S3BucketDestination": {
            "Bucket": destination["bucket"]["bucketArn"],
            **_words.to_api(target, {**_WORDS, "keyId": "KeyId"}),
        }
    }
