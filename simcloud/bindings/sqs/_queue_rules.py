"""What SQS refuses in the attributes of a queue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud import policy_document
from simcloud.bindings.sqs import _attributes
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

# AWS: CreateQueue, Amazon SQS API reference: the ranges of the attributes, as SDK documentation repeats them; read
# 2026-11. The largest message: provider's documentation of `maxMessageSize`.
RANGES = {
    "delaySeconds": (0, 900),
    "kmsDataKeyReusePeriodSeconds": (60, 86_400),
    "maxMessageSize": (1_024, 1_048_576),
    "messageRetentionSeconds": (60, 1_209_600),
    "receiveWaitTimeSeconds": (0, 20),
    "visibilityTimeoutSeconds": (0, 43_200),
}
# Provider's documentation of `sqs.Queue`.
_CHOICES = {
    "deduplicationScope": ("messageGroup", "queue"),
    "fifoThroughputLimit": ("perQueue", "perMessageGroupId"),
}
# From memory of AWS's documentation, not verified.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo")
_PERMISSIONS = ("allowAll", "denyAll", "byQueue")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with a queue."""
    yield from _name(new)
    yield from _ranges(new)
    yield from _choices(new)
    yield from _fifo(new)
    if new.get("kmsMasterKeyId") and new.get("sqsManagedSseEnabled") is True:
        yield Refusal(
            "InvalidAttributeValue",
            "You can use one type of server-side encryption (SSE) at one time.",
            "sqsManagedSseEnabled",
        )
    yield from policy_document.problems(new.get("policy") or None, "policy", POLICY)
    yield from redrive(ctx, new.get("redrivePolicy"))
    yield from _redrive_allow(new.get("redriveAllowPolicy"))


POLICY = policy_document.Grammar("InvalidAttributeValue", principal=True, free_sid=True)


def redrive(ctx: Context, policy: Value) -> Iterator[Refusal]:
    """What is wrong with a redrive policy, whatever queue it is for."""
    if not isinstance(policy, str) or not policy:
        return
    held = _attributes.document(policy)
    if held is None:
        yield _redrive_refusal("it is no JSON object")
        return
    for name in ("deadLetterTargetArn", "maxReceiveCount"):
        if name not in held:
            yield _redrive_refusal(f"Redrive policy does not contain mandatory attribute: {name}")
    yield from (_redrive_refusal(f"unknown attribute {name}") for name in sorted(held.keys() - _REDRIVE))
    # AWS: «Amazon SQS dead-letter queues»: 1 to 1,000; from memory of AWS's documentation, not verified.
    count = str(held.get("maxReceiveCount", 1))
    if not (count.isdecimal() and 1 <= int(count) <= 1000):
        yield _redrive_refusal(f"maxReceiveCount must be 1 to 1000, got {count}")
    arn = held.get("deadLetterTargetArn")
    home = ctx.arn("sqs", "")
    if isinstance(arn, str) and not arn.startswith(home):
        yield _redrive_refusal(
            f"the dead-letter queue {arn} must be in the same account and region ({home}…)"
        )


_REDRIVE = frozenset({"deadLetterTargetArn", "maxReceiveCount"})


def dead_letter_queue(ctx: Context, policy: Value, fifo: bool) -> Iterator[Refusal]:
    """Why the dead-letter queue that `policy` names does not do for a queue of this kind."""
    arn = (_attributes.document(policy) or {}).get("deadLetterTargetArn")
    if not isinstance(arn, str):
        return
    listed = ctx.client("sqs").list_queues().get("QueueUrls", ())
    url = next((url for url in listed if url.rsplit("/", 1)[-1] == arn.rsplit(":", 1)[-1]), None)
    if url is None:
        yield Refusal(
            "AWS.SimpleQueueService.NonExistentQueue",
            f"Dead letter target does not exist: {arn}.",
            "redrivePolicy",
        )
    elif (_attributes.found(ctx, url).get("FifoQueue") == "true") != fifo:
        kind = "FIFO" if fifo else "standard"
        yield _redrive_refusal(f"the dead-letter queue of a {kind} queue must be a {kind} queue too")


def _redrive_refusal(text: str) -> Refusal:
    return Refusal(
        "InvalidParameterValue",
        f"Value for parameter RedrivePolicy is invalid. Reason: {text}.",
        "redrivePolicy",
    )


def _name(new: Props) -> Iterator[Refusal]:
    name, fifo = new["name"], new["fifoQueue"]
    if not isinstance(name, str):
        return
    if not _NAME.fullmatch(name):
        yield Refusal(
            "InvalidParameterValue",
            f"Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length: {name!r}.",
            "name",
        )
    elif fifo is True and not name.endswith(".fifo"):
        yield Refusal("InvalidParameterValue", "The name of a FIFO queue can only end with .fifo.", "name")
    elif fifo is False and name.endswith(".fifo"):
        yield Refusal("InvalidParameterValue", "Only a FIFO queue's name may end with .fifo.", "name")


def _ranges(new: Props) -> Iterator[Refusal]:
    for name, (low, high) in RANGES.items():
        value = new.get(name)
        if isinstance(value, int | float) and not low <= value <= high:
            yield _attribute(name, f"it is {value:g}, must be {low} to {high}")


def _choices(new: Props) -> Iterator[Refusal]:
    for name, allowed in _CHOICES.items():
        value = new.get(name)
        if isinstance(value, str) and value not in allowed:
            yield _attribute(name, f"it is {value!r}, must be one of {', '.join(allowed)}")
    # AWS: «High throughput for FIFO queues»; from memory of AWS's documentation, not verified.
    per_group = new.get("fifoThroughputLimit") == "perMessageGroupId"
    if per_group and new.get("deduplicationScope") in (None, "queue"):
        yield _attribute(
            "fifoThroughputLimit", "perMessageGroupId needs the deduplication scope messageGroup"
        )


def _fifo(new: Props) -> Iterator[Refusal]:
    if new["fifoQueue"] is not False:
        return
    for name in ("contentBasedDeduplication", *_CHOICES):
        if new.get(name) not in (None, False):
            yield Refusal(
                "InvalidAttributeName",
                f"Unknown Attribute {_attributes.NAMES[name]}: only FIFO queues have it.",
                name,
            )


def _attribute(name: str, text: str) -> Refusal:
    return Refusal(
        "InvalidAttributeValue", f"Invalid value for the parameter {_attributes.NAMES[name]}: {text}.", name
    )


def _redrive_allow(policy: Value) -> Iterator[Refusal]:
    # Provider's documentation of `sqs.RedriveAllowPolicy`; at most 10 sources: from memory, not verified.
    if not isinstance(policy, str) or not policy:
        return
    held = _attributes.document(policy) or {}
    permission, sources = held.get("redrivePermission"), held.get("sourceQueueArns") or []
    if permission not in _PERMISSIONS:
        yield _attribute("redriveAllowPolicy", f"redrivePermission must be one of {', '.join(_PERMISSIONS)}")
    elif (permission == "byQueue") != bool(sources):
        yield _attribute(
            "redriveAllowPolicy", "sourceQueueArns goes with the permission byQueue, and only with it"
        )
    elif len(sources) > 10:
        yield _attribute(
            "redriveAllowPolicy", f"it names {len(sources)} source queues, at most 10 are allowed"
        )
