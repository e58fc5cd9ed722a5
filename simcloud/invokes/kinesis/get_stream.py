from __future__ import annotations

from simcloud.bindings.kinesis import _tagging
from simcloud.bindings.kinesis.stream import Stream
from simcloud.context import Context
from simcloud.values import Props


def get_stream(ctx: Context, args: Props) -> Props:
    """A data stream by name, with its shards."""
    kinesis, name = ctx.client("kinesis"), args["name"]
    described = kinesis.describe_stream(StreamName=name)["StreamDescription"]
    found = Stream().read(ctx, name, {}) or {}
    closed = [shard["ShardId"] for shard in described["Shards"] if _is_closed(shard)]
    return {
        "arn": found["arn"],
        "closedShards": closed,
        "creationTimestamp": int(described["StreamCreationTimestamp"].timestamp()),
        "encryptionType": found["encryptionType"],
        "id": found["arn"],
        "kmsKeyId": found["kmsKeyId"] or "",
        "maxRecordSizeInKib": found["maxRecordSizeInKib"],
        "name": name,
        "openShards": [shard["ShardId"] for shard in described["Shards"] if shard["ShardId"] not in closed],
        "region": ctx.region,
        "retentionPeriod": found["retentionPeriod"],
        "shardLevelMetrics": found["shardLevelMetrics"] or [],
        "status": described["StreamStatus"],
        "streamModeDetails": [found["streamModeDetails"]],
        "tags": _tagging.STREAM.current(ctx, name),
        "warmThroughputs": [],
    }


def _is_closed(shard: Props) -> bool:
    return "EndingSequenceNumber" in shard["SequenceNumberRange"]
