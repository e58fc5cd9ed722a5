"""Look-ups of queues."""

from __future__ import annotations

import pytest

from simcloud.context import Context
from simcloud.refusal import Refusal
from tests.simcloud.test_invokes import ask, ctx

__all__ = ["ctx"]
QUEUE = "aws:sqs/getQueue:getQueue"


def test_queue(ctx: Context) -> None:
    ctx.client("sqs").create_queue(QueueName="jobs", tags={"Name": "jobs"})
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"
    assert ask(ctx, QUEUE, {"name": "jobs"}) == {
        "arn": "arn:aws:sqs:us-east-1:123456789012:jobs",
        "id": url,
        "name": "jobs",
        "region": "us-east-1",
        "tags": {"Name": "jobs"},
        "url": url,
    }


def test_queue_that_does_not_exist(ctx: Context) -> None:
    with pytest.raises(Refusal, match="NonExistentQueue"):
        ask(ctx, QUEUE, {"name": "none"})
