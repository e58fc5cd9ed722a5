from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Binding, Reference
from simcloud.bindings.sqs import _attributes, _queue_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class RedrivePolicy(Binding):
    """Where a queue's undeliverable messages go. The id is the queue's URL."""

    token = "aws:sqs/redrivePolicy:RedrivePolicy"
    service = "sqs"
    replaces = frozenset({"queueUrl"})
    references = (Reference("queueUrl", "queue_url"),)

    def create(self, ctx: Context, new: Props) -> str:
        _set(ctx, new["queueUrl"], new["redrivePolicy"])
        return str(new["queueUrl"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _set(ctx, identity, new["redrivePolicy"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        policy = _attributes.found(ctx, identity).get("RedrivePolicy")
        return {"queueUrl": identity, "redrivePolicy": policy} if policy else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _set(ctx, identity, "")

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _queue_rules.redrive(ctx, new["redrivePolicy"])

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        fifo = str(new["queueUrl"]).endswith(".fifo")
        yield from _queue_rules.dead_letter_queue(ctx, new["redrivePolicy"], fifo)


def _set(ctx: Context, url: str, policy: str) -> None:
    ctx.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": policy})
