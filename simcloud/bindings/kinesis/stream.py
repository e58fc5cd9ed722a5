from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.kinesis import _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, is_known, without_none

_ON_DEMAND, _PROVISIONED = "ON_DEMAND", "PROVISIONED"
# AWS: IncreaseStreamRetentionPeriod and EnableEnhancedMonitoring, Kinesis API reference; from memory, not verified.
_RETENTION = (24, 8760)
_METRICS = frozenset(
    {
        "IncomingBytes", "IncomingRecords", "OutgoingBytes", "OutgoingRecords", "WriteProvisionedThroughputExceeded",
        "ReadProvisionedThroughputExceeded", "IteratorAgeMilliseconds", "ALL",
    }
)  # fmt: skip


class Stream(Binding):
    """A data stream."""

    token = "aws:kinesis/stream:Stream"
    service = "kinesis"
    operation = "create_stream"
    parameters = {"StreamName": "name", "MaxRecordSizeInKiB": "maxRecordSizeInKib"}
    replaces = frozenset({"name"})
    defaults = {"encryptionType": "NONE", "enforceConsumerDeletion": False, "retentionPeriod": 24}
    faults = {"ResourceInUseException": "name"}
    autoname = AutoName(limit=128)
    tagging = _tagging.STREAM
    references = (Reference("kmsKeyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        mode = _mode(new)
        return without_none(
            {
                "StreamName": new["name"],
                "ShardCount": new.get("shardCount") if mode == _PROVISIONED else None,
                "StreamModeDetails": {"StreamMode": mode} if new.get("streamModeDetails") else None,
                "MaxRecordSizeInKiB": new.get("maxRecordSizeInKib"),
                "WarmThroughputMiBps": new.get("warmThroughputMibPs"),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        kinesis = ctx.client("kinesis")
        kinesis.create_stream(**self.request(ctx, new))
        return str(_summary(ctx, new["name"])["StreamARN"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        kinesis, name = ctx.client("kinesis"), new["name"]
        if old and _mode(new) != _mode(old):
            kinesis.update_stream_mode(StreamARN=identity, StreamModeDetails={"StreamMode": _mode(new)})
        if old and _mode(new) == _PROVISIONED and new["shardCount"] != old.get("shardCount"):
            kinesis.update_shard_count(
                StreamName=name, TargetShardCount=new["shardCount"], ScalingType="UNIFORM_SCALING"
            )
        _retain(kinesis, name, new["retentionPeriod"], old.get("retentionPeriod", 24))
        _measure(kinesis, name, new, old)
        _encrypt(kinesis, name, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _summary(ctx, _name(identity, given))
        mode = found.get("StreamModeDetails", {}).get("StreamMode", _PROVISIONED)
        metrics = [name for item in found["EnhancedMonitoring"] for name in item.get("ShardLevelMetrics", ())]
        return {
            "arn": found["StreamARN"],
            "name": found["StreamName"],
            "encryptionType": found.get("EncryptionType") or "NONE",
            "kmsKeyId": found.get("KeyId"),
            "maxRecordSizeInKib": found.get("MaxRecordSizeInKiB", 1024),
            "retentionPeriod": found["RetentionPeriodHours"],
            "shardCount": found["OpenShardCount"] if mode == _PROVISIONED else None,
            "shardLevelMetrics": metrics or None,
            "streamModeDetails": {"streamMode": mode},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("kinesis").delete_stream(
            StreamName=_name(identity, old),
            EnforceConsumerDeletion=bool(old.get("enforceConsumerDeletion")),
        )

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["arn"])

    def tag_key(self, identity: str, state: Props) -> str:
        return _name(identity, state)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _mode_problems(new)
        period, metrics = new["retentionPeriod"], new.get("shardLevelMetrics")
        if is_known(period) and not _RETENTION[0] <= int(period) <= _RETENTION[1]:
            yield _invalid(
                f"The retention period is {period} hours, 24 to 8760 are allowed.", "retentionPeriod"
            )
        for position, metric in enumerate(metrics if isinstance(metrics, list) else ()):
            if isinstance(metric, str) and metric not in _METRICS:
                known = ", ".join(sorted(_METRICS))
                yield _invalid(
                    f"{metric} is no shard-level metric: {known}.", f"shardLevelMetrics[{position}]"
                )
        if new["encryptionType"] == "KMS" and new.get("kmsKeyId") is None:
            yield _invalid(
                "An encrypted stream needs a key.", "kmsKeyId", "give a key, or alias/aws/kinesis."
            )
        if isinstance(new["encryptionType"], str) and new["encryptionType"] not in ("NONE", "KMS"):
            yield _invalid(f"The encryption is NONE or KMS, not {new['encryptionType']}.", "encryptionType")


def _mode(props: Props) -> Any:
    details = props.get("streamModeDetails")
    if isinstance(details, Unknown):
        return details
    return (details or {}).get("streamMode", _PROVISIONED)


def _name(identity: str, props: Props) -> str:
    return str(props.get("name") or identity.rsplit("/", 1)[-1])


def _summary(ctx: Context, name: str) -> Mapping[str, Any]:
    answer = ctx.client("kinesis").describe_stream_summary(StreamName=name)
    found: Mapping[str, Any] = answer["StreamDescriptionSummary"]
    return found


def _retain(kinesis: Any, name: str, hours: int, before: int) -> None:
    if hours > before:
        kinesis.increase_stream_retention_period(StreamName=name, RetentionPeriodHours=hours)
    elif hours < before:
        kinesis.decrease_stream_retention_period(StreamName=name, RetentionPeriodHours=hours)


def _measure(kinesis: Any, name: str, new: Props, old: Props) -> None:
    after, before = set(new.get("shardLevelMetrics") or ()), set(old.get("shardLevelMetrics") or ())
    if before - after:
        kinesis.disable_enhanced_monitoring(StreamName=name, ShardLevelMetrics=sorted(before - after))
    if after - before:
        kinesis.enable_enhanced_monitoring(StreamName=name, ShardLevelMetrics=sorted(after - before))


def _encrypt(kinesis: Any, name: str, new: Props, old: Props) -> None:
    after, before = [(props.get("encryptionType", "NONE"), props.get("kmsKeyId")) for props in (new, old)]
    if after == before:
        return
    if before[0] == "KMS" and after[0] == "NONE":
        kinesis.stop_stream_encryption(StreamName=name, EncryptionType="KMS", KeyId=before[1])
    if after[0] == "KMS":
        kinesis.start_stream_encryption(StreamName=name, EncryptionType="KMS", KeyId=after[1])


def _mode_problems(new: Props) -> Iterator[Refusal]:
    mode, shards = _mode(new), new.get("shardCount")
    if mode == _ON_DEMAND and shards is not None:
        yield _invalid("shardCount must not be set when the stream mode is ON_DEMAND.", "shardCount")
    if mode == _PROVISIONED and (shards is None or (is_known(shards) and int(shards) < 1)):
        yield _invalid("shardCount must be at least 1 when the stream mode is PROVISIONED.", "shardCount")


def _invalid(message: str, path: str, fix: str = "") -> Refusal:
    return Refusal("InvalidArgumentException", message, path, fix)
