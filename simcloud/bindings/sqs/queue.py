from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.sqs import _attributes, _queue_rules, _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class Queue(Binding):
    """A queue, standard or FIFO. The id is its URL."""

    token = "aws:sqs/queue:Queue"
    service = "sqs"
    operation = "create_queue"
    parameters = {"QueueName": "name"}
    replaces = frozenset({"name", "namePrefix", "fifoQueue"})
    defaults = {
        "contentBasedDeduplication": False,
        "delaySeconds": 0,
        "fifoQueue": False,
        "maxMessageSize": 262_144,
        "messageRetentionSeconds": 345_600,
        "receiveWaitTimeSeconds": 0,
        "visibilityTimeoutSeconds": 30,
    }
    autoname = AutoName(limit=80, ending=("fifoQueue", ".fifo"))
    tagging = _tagging.QUEUE
    references = (Reference("kmsMasterKeyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"QueueName": new["name"], "Attributes": _attributes.given(new)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["QueueUrl"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        changed = _attributes.changed(new, old) if old else {}
        if changed:
            ctx.client("sqs").set_queue_attributes(QueueUrl=identity, Attributes=changed)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        attributes = _attributes.found(ctx, identity)
        return {
            "arn": attributes["QueueArn"],
            "url": identity,
            "name": identity.rsplit("/", 1)[-1],
            "namePrefix": given.get("namePrefix", ""),
            **_attributes.props(attributes),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("sqs").delete_queue(QueueUrl=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _queue_rules.problems(ctx, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _queue_rules.dead_letter_queue(ctx, new.get("redrivePolicy"), new["fifoQueue"] is True)
