from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.kinesis import _s3_destination, _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, without_none

_S3 = _s3_destination.PROPERTY


class FirehoseDeliveryStream(Binding):
    """A stream that is written into a bucket."""

    token = _s3_destination.TOKEN
    service = "firehose"
    operation = "create_delivery_stream"
    parameters = {"DeliveryStreamName": "name", "ExtendedS3DestinationConfiguration": _S3}
    replaces = frozenset({"name", "destination", "kinesisSourceConfiguration", "mskSourceConfiguration"})
    faults = {"ResourceInUseException": "name"}
    autoname = AutoName(limit=64)
    tagging = _tagging.DELIVERY_STREAM
    references = (
        Reference(f"{_S3}.roleArn", "role"),
        Reference(f"{_S3}.bucketArn", "bucket_arn"),
        Reference(f"{_S3}.kmsKeyArn", "kms_key"),
        Reference("kinesisSourceConfiguration.kinesisStreamArn", "kinesis_stream"),
        Reference("kinesisSourceConfiguration.roleArn", "role"),
        Reference("serverSideEncryption.keyArn", "kms_key"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        source = new.get("kinesisSourceConfiguration")
        return without_none(
            {
                "DeliveryStreamName": new["name"],
                "DeliveryStreamType": "KinesisStreamAsSource" if source else "DirectPut",
                "KinesisStreamSourceConfiguration": _source(source),
                "ExtendedS3DestinationConfiguration": _s3_destination.params(ctx, new.get(_S3)),
                "DeliveryStreamEncryptionConfigurationInput": _encryption(new.get("serverSideEncryption")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DeliveryStreamARN"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        firehose, name = ctx.client("firehose"), new["name"]
        if new.get(_S3) != old.get(_S3):
            found = _describe(ctx, name)
            firehose.update_destination(
                DeliveryStreamName=name,
                CurrentDeliveryStreamVersionId=found["VersionId"],
                DestinationId=found["Destinations"][0]["DestinationId"],
                ExtendedS3DestinationUpdate=_s3_destination.params(ctx, new[_S3], "S3BackupUpdate"),
            )
        after = _encryption(new.get("serverSideEncryption"))
        if after != _encryption(old.get("serverSideEncryption")):
            if after:
                firehose.start_delivery_stream_encryption(
                    DeliveryStreamName=name, DeliveryStreamEncryptionConfigurationInput=after
                )
            else:
                firehose.stop_delivery_stream_encryption(DeliveryStreamName=name)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _describe(ctx, _name(identity))
        destination = found["Destinations"][0]
        source = found.get("Source", {}).get("KinesisStreamSourceDescription")
        return {
            "arn": found["DeliveryStreamARN"],
            "name": found["DeliveryStreamName"],
            "destination": "extended_s3",
            "destinationId": destination["DestinationId"],
            "versionId": found["VersionId"],
            _S3: _s3_destination.props(ctx, destination["ExtendedS3DestinationDescription"]),
            "kinesisSourceConfiguration": source
            and {"kinesisStreamArn": source["KinesisStreamARN"], "roleArn": source["RoleARN"]},
            "serverSideEncryption": _encrypted(found.get("DeliveryStreamEncryptionConfiguration") or {}),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("firehose").delete_delivery_stream(DeliveryStreamName=_name(identity))

    def tag_key(self, identity: str, state: Props) -> str:
        return _name(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        destination = new["destination"]
        if isinstance(destination, str) and destination != "extended_s3":
            yield Refusal(
                "UnsupportedOperation",
                f"the simulated cloud delivers to extended_s3 only, not to {destination}.",
                "destination",
            )
        elif new.get(_S3) is None:
            yield _invalid("The destination extended_s3 needs extendedS3Configuration.", _S3)
        if new.get("kinesisSourceConfiguration") and new.get("serverSideEncryption"):
            yield _invalid(
                "A delivery stream that reads a data stream takes its encryption from there.",
                "serverSideEncryption",
            )
        if isinstance(new.get(_S3), Mapping):
            yield from _hint_problems(new[_S3])


def _describe(ctx: Context, name: str) -> Mapping[str, Any]:
    answer = ctx.client("firehose").describe_delivery_stream(DeliveryStreamName=name)
    found: Mapping[str, Any] = answer["DeliveryStreamDescription"]
    return found


def _name(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]


def _source(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    return {"KinesisStreamARN": given["kinesisStreamArn"], "RoleARN": given["roleArn"]}


def _encryption(given: Any) -> Any:
    if not isinstance(given, Mapping) or not given.get("enabled"):
        return None
    kind = given.get("keyType", "AWS_OWNED_CMK")
    return without_none({"KeyType": kind, "KeyARN": given.get("keyArn")})


def _encrypted(found: Mapping[str, Any]) -> Props | None:
    if not found or found.get("Status") == "DISABLED":
        return None
    return {"enabled": True, "keyType": found["KeyType"], "keyArn": found.get("KeyARN")}


def _hint_problems(given: Mapping[str, Any]) -> Iterator[Refusal]:
    partitioning = given.get("dynamicPartitioningConfiguration")
    enabled = isinstance(partitioning, Mapping) and partitioning.get("enabled") is True
    size = given.get("bufferingSize", 5)
    # AWS: «Dynamic partitioning in Amazon Data Firehose»: at least 64 MiB; from memory, not verified.
    if enabled and not isinstance(size, Unknown) and int(size) < 64:
        yield _invalid(
            f"BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled, not {size}.",
            f"{_S3}.bufferingSize",
        )
    if given.get("s3BackupMode") == "Enabled" and given.get("s3BackupConfiguration") is None:
        yield _invalid("Backup needs a bucket of its own.", f"{_S3}.s3BackupConfiguration")


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidArgumentException", message, path)
