"""A bucket as destination, in the API's words and in the provider's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import shapes
from simcloud.binding import Params
from simcloud.context import Context
from simcloud.schema import schema_of
from simcloud.values import Props, Unknown, Value

TOKEN = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
PROPERTY = "extendedS3Configuration"
# What the provider fills in where the program says nothing.
DEFAULTS: Props = {"bufferingInterval": 300, "bufferingSize": 5, "compressionFormat": "UNCOMPRESSED"}
_NESTED = ("bufferingInterval", "bufferingSize", "kmsKeyArn", "dynamicPartitioningConfiguration")


def params(ctx: Context, given: Value, backup: str = "S3BackupConfiguration") -> Value:
    """The API's structure. `backup` is what it calls the second bucket, which differs in an update."""
    if not isinstance(given, Mapping):
        return given
    said = _bucket(ctx, given, "ExtendedS3DestinationConfiguration")
    if "S3BackupConfiguration" in said:
        inner = given["s3BackupConfiguration"]
        said.pop("S3BackupConfiguration")
        said[backup] = (
            _bucket(ctx, inner, "S3DestinationConfiguration") if isinstance(inner, Mapping) else inner
        )
    partitioning = given.get("dynamicPartitioningConfiguration")
    if isinstance(partitioning, Mapping):
        said["DynamicPartitioningConfiguration"] = {
            "Enabled": partitioning.get("enabled", False),
            "RetryOptions": {"DurationInSeconds": partitioning.get("retryDuration", 300)},
        }
    return said


def props(ctx: Context, found: Mapping[str, Any]) -> Props:
    """The provider's structure out of what the API tells."""
    told = _read(ctx, found, "ExtendedS3DestinationConfiguration")
    if found.get("S3BackupDescription"):
        told["s3BackupConfiguration"] = _read(ctx, found["S3BackupDescription"], "S3DestinationConfiguration")
    partitioning = found.get("DynamicPartitioningConfiguration")
    if partitioning:
        retry = partitioning.get("RetryOptions", {}).get("DurationInSeconds", 300)
        told["dynamicPartitioningConfiguration"] = {
            "enabled": partitioning.get("Enabled", False),
            "retryDuration": retry,
        }
    return told


def _bucket(ctx: Context, given: Mapping[str, Value], shape: str) -> Params:
    filled = {**DEFAULTS, **given}
    plain = {name: value for name, value in filled.items() if name not in _NESTED}
    said: Params = shapes.params(_shape(ctx, shape), plain)
    key = filled.get("kmsKeyArn")
    encryption = (
        {"KMSEncryptionConfig": {"AWSKMSKeyARN": key}} if key else {"NoEncryptionConfig": "NoEncryption"}
    )
    return {
        **said,
        "BufferingHints": {
            "IntervalInSeconds": filled["bufferingInterval"],
            "SizeInMBs": filled["bufferingSize"],
        },
        "EncryptionConfiguration": {} if isinstance(key, Unknown) else encryption,
    }


def _read(ctx: Context, found: Mapping[str, Any], shape: str) -> Props:
    hints, encryption = found.get("BufferingHints", {}), found.get("EncryptionConfiguration", {})
    plain = {key: value for key, value in found.items() if key != "S3BackupDescription"}
    whole: Props = shapes.answered(schema_of(TOKEN), PROPERTY, _shape(ctx, shape), plain)
    return {
        **{name: value for name, value in whole.items() if name not in _NESTED},
        "bufferingInterval": hints.get("IntervalInSeconds", DEFAULTS["bufferingInterval"]),
        "bufferingSize": hints.get("SizeInMBs", DEFAULTS["bufferingSize"]),
        "kmsKeyArn": encryption.get("KMSEncryptionConfig", {}).get("AWSKMSKeyARN"),
    }


def _shape(ctx: Context, name: str) -> Any:
    return ctx.client("firehose").meta.service_model.shape_for(name)
