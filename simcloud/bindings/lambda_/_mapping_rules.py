"""What AWS refuses in the mapping of a source to a function.

AWS: CreateEventSourceMapping, Lambda API Reference; from memory of AWS's documentation, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Props

_CODE = "InvalidParameterValueException"
_STREAMS = ("kinesis", "dynamodb")
_OF_STREAMS = (
    "bisectBatchOnFunctionError", "maximumRecordAgeInSeconds", "maximumRetryAttempts", "parallelizationFactor",
    "tumblingWindowInSeconds",
)  # fmt: skip
_BATCH = {"sqs": 10_000, "sqs-fifo": 10, "kinesis": 10_000, "dynamodb": 10_000}


def problems(new: Props) -> Iterator[Refusal]:
    """Settings that do not fit the source, or each other."""
    if new.get("eventSourceArn") is None and new.get("selfManagedEventSource") is None:
        yield Refusal(_CODE, "one of eventSourceArn and selfManagedEventSource is needed.", "eventSourceArn")
    source = _source(new)
    if source is not None:
        yield from _batches(new, source)
        yield from _position(new, source)
        yield from _of_streams(new, source)
    age = new.get("maximumRecordAgeInSeconds")
    if isinstance(age, int) and age != -1 and age < 60:
        yield Refusal(_CODE, f"{age} seconds: -1, or 60 to 604800.", "maximumRecordAgeInSeconds")


def _source(new: Props) -> str | None:
    arn = new.get("eventSourceArn")
    if not isinstance(arn, str) or arn.count(":") < 5:
        return None
    service = arn.split(":")[2]
    return "sqs-fifo" if service == "sqs" and arn.endswith(".fifo") else service


def _batches(new: Props, source: str) -> Iterator[Refusal]:
    size, window = new.get("batchSize"), new.get("maximumBatchingWindowInSeconds")
    if isinstance(size, int) and size > _BATCH.get(source, 10_000):
        yield Refusal(
            _CODE, f"BatchSize {size} exceeds the max of {_BATCH[source]} for {source}.", "batchSize"
        )
    if source == "sqs" and isinstance(size, int) and size > 10 and not window:
        yield Refusal(
            _CODE,
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
            "maximumBatchingWindowInSeconds",
        )
    if source == "sqs-fifo" and isinstance(window, int) and window:
        yield Refusal(
            _CODE, "Batching window is not supported for FIFO queues", "maximumBatchingWindowInSeconds"
        )


def _position(new: Props, source: str) -> Iterator[Refusal]:
    position = new.get("startingPosition")
    if source in _STREAMS and position is None:
        yield Refusal(
            _CODE, "1 validation error: StartingPosition is needed for streams.", "startingPosition"
        )
    if source.startswith("sqs") and position is not None:
        yield Refusal(_CODE, "StartingPosition is not valid for SQS event sources.", "startingPosition")
    if source == "dynamodb" and position == "AT_TIMESTAMP":
        yield Refusal(_CODE, "Unsupported starting position for DynamoDB: AT_TIMESTAMP.", "startingPosition")
    if position == "AT_TIMESTAMP" and new.get("startingPositionTimestamp") is None:
        yield Refusal(_CODE, "AT_TIMESTAMP needs a startingPositionTimestamp.", "startingPositionTimestamp")


def _of_streams(new: Props, source: str) -> Iterator[Refusal]:
    for name in _OF_STREAMS if source.startswith("sqs") else ():
        if new.get(name) is not None:
            yield Refusal(_CODE, f"Unsupported {name} parameter for given event source mapping type.", name)
    if source in _STREAMS and new.get("scalingConfig") is not None:
        yield Refusal(_CODE, "scalingConfig is for queues only.", "scalingConfig")
