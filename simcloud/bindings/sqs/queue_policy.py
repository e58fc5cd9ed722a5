from __future__ import annotations

from collections.abc import Iterator

from simcloud import policy_document
from simcloud.binding import Binding, Reference
from simcloud.bindings.sqs import _attributes
from simcloud.bindings.sqs._queue_rules import POLICY
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class QueuePolicy(Binding):
    """Who may do what with a queue. The id is the queue's URL."""

    token = "aws:sqs/queuePolicy:QueuePolicy"
    service = "sqs"
    replaces = frozenset({"queueUrl"})
    references = (Reference("queueUrl", "queue_url"),)

    def create(self, ctx: Context, new: Props) -> str:
        _set(ctx, new["queueUrl"], new["policy"])
        return str(new["queueUrl"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _set(ctx, identity, new["policy"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        policy = _attributes.found(ctx, identity).get("Policy")
        return {"queueUrl": identity, "policy": policy} if policy else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _set(ctx, identity, "")

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", POLICY)


def _set(ctx: Context, url: str, policy: str) -> None:
    ctx.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
