"""The attributes of a queue: the API keeps them as a map of text."""

from __future__ import annotations

import json
from collections.abc import Mapping

from simcloud.context import Context
from simcloud.values import Props, Unknown, Value

_NUMBERS = {
    "delaySeconds": "DelaySeconds",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
}
_FLAGS = {
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "fifoQueue": "FifoQueue",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
}
_TEXTS = {
    "deduplicationScope": "DeduplicationScope",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "policy": "Policy",
    "redriveAllowPolicy": "RedriveAllowPolicy",
    "redrivePolicy": "RedrivePolicy",
}
NAMES: Mapping[str, str] = {**_NUMBERS, **_FLAGS, **_TEXTS}
# Turned off by an empty text; AWS keeps the others as they are when they are no longer given.
_CLEARED = ("kmsMasterKeyId", "policy", "redriveAllowPolicy", "redrivePolicy")
# AWS refuses these two on a standard queue, even false.
_FIFO_ONLY = ("contentBasedDeduplication", "fifoQueue")


def given(new: Props) -> dict[str, Value]:
    """The attributes that a creation sends."""
    return {
        attribute: _text(new[name])
        for name, attribute in NAMES.items()
        if new.get(name) is not None and not (name in _FIFO_ONLY and new["fifoQueue"] is False)
    }


def changed(new: Props, old: Props) -> dict[str, Value]:
    """The attributes that bring a queue from `old` to `new`."""
    after, before = given(new), given(old)
    different = {name: value for name, value in after.items() if before.get(name) != value}
    cleared = {NAMES[name]: "" for name in _CLEARED if NAMES[name] in before.keys() - after.keys()}
    return {**different, **cleared}


def found(ctx: Context, url: str) -> dict[str, str]:
    """All attributes that a queue has."""
    answer = ctx.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
    return dict(answer["Attributes"])


def props(attributes: Mapping[str, str]) -> Props:
    """Attributes as properties, each of its type."""
    every = {"KmsDataKeyReusePeriodSeconds": "300", **attributes}
    numbers = {name: int(every[key]) for name, key in _NUMBERS.items() if key in every}
    flags = {name: attributes.get(key) == "true" for name, key in _FLAGS.items()}
    return {**numbers, **flags, **{name: attributes.get(key, "") for name, key in _TEXTS.items()}}


def document(text: Value) -> Mapping[str, Value] | None:
    """The JSON object that `text` spells; None if it spells none."""
    try:
        parsed = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _text(value: Value) -> Value:
    if isinstance(value, Unknown):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
