"""SQS as AWS answers it."""

from __future__ import annotations

from typing import Any

from moto.sqs.exceptions import SQSException
from moto.sqs.models import Queue

from simcloud.bindings.sqs._attributes import NAMES
from simcloud.bindings.sqs._queue_rules import RANGES
from simcloud.patches import around

# AWS: tells who may use a queue as their dead-letter queue; moto: keeps it and never tells.
Queue.BASE_ATTRIBUTES.append("RedriveAllowPolicy")


@around(Queue)
def __init__(original: Any, self: Any, name: str, region: str, account_id: str, **given: Any) -> None:
    """AWS: a queue may have no redrive-allow policy, an empty one is none; moto: has no default for it."""
    original(self, name, region, account_id, **{"RedriveAllowPolicy": None, **given})


@around(Queue)
def _set_attributes(original: Any, self: Any, attributes: dict[str, Any], now: Any = None) -> None:
    """AWS: has limits, keeps what is not named, has one kind of encryption; moto: none, drops the policy, has both."""
    _check_ranges(attributes)
    if "Policy" not in attributes:
        attributes = {**attributes, "Policy": self.policy}
    if attributes.get("KmsMasterKeyId"):
        attributes = {**attributes, "SqsManagedSseEnabled": "false"}
    if attributes.get("RedriveAllowPolicy") == "":
        attributes = {**attributes, "RedriveAllowPolicy": None}
    original(self, attributes, now)


@around(Queue)
def _setup_dlq(original: Any, self: Any, policy: Any) -> None:
    """AWS: the dead-letter queue of a standard queue is a standard one too; moto: takes a FIFO queue."""
    original(self, policy)
    target = self.dead_letter_queue
    if target is not None and target.fifo_queue and not self.fifo_queue:
        self.dead_letter_queue = self.redrive_policy = None
        raise SQSException(
            "InvalidParameterValue", "The dead-letter queue of a standard queue must be a standard queue."
        )


def _check_ranges(attributes: dict[str, Any]) -> None:
    for name, (low, high) in RANGES.items():
        value = attributes.get(NAMES[name])
        if value is not None and not low <= int(value) <= high:
            raise SQSException("InvalidAttributeValue", f"Invalid value for the parameter {NAMES[name]}.")
