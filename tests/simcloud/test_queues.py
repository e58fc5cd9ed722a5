"""Names and attributes of queues beyond their life cycle."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from simcloud.checking import DEFAULTED
from tests.simcloud.test_in_use import World

QUEUE = "aws:sqs/queue:Queue"
URN = f"urn:pulumi:test::plinth::{QUEUE}::jobs"


def test_generated_name_of_a_fifo_queue_ends_as_it_must() -> None:
    world = World()
    fifo = world.provider.check(URN, QUEUE, {}, {"fifoQueue": True}, b"\x12\x34\x56\x78")
    assert fifo.inputs["name"] == "jobs-1234567.fifo"
    assert "name" in fifo.inputs[DEFAULTED]
    assert not fifo.failures
    prefixed = world.provider.check(URN, QUEUE, {}, {"fifoQueue": True, "namePrefix": "la-"}, b"\x12\x34")
    assert prefixed.inputs["name"] == "la-1234.fifo"
    assert world.provider.check(URN, QUEUE, {}, {}, b"\x12\x34\x56\x78").inputs["name"] == "jobs-1234567"


def test_setting_one_attribute_keeps_the_others() -> None:
    world = World()
    statement = '{"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}'
    policy = f'{{"Version": "2012-10-17", "Statement": [{statement}]}}'
    made = world.make(QUEUE, name="jobs", policy=policy)
    sqs = world.ctx.client("sqs")
    sqs.set_queue_attributes(QueueUrl=made.identity, Attributes={"DelaySeconds": "5"})
    found = sqs.get_queue_attributes(QueueUrl=made.identity, AttributeNames=["All"])["Attributes"]
    assert (found["DelaySeconds"], found["Policy"]) == ("5", policy)


def test_limits_hold_over_http_too() -> None:
    sqs = World().ctx.client("sqs")
    with pytest.raises(ClientError, match="VisibilityTimeout"):
        sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "99999"})
    assert "QueueUrls" not in sqs.list_queues()
