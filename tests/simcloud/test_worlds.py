"""Clouds of one process do not see each other, and each finds again what it left."""

from __future__ import annotations

import gc
from typing import Any

from simcloud.clients import Clients
from simcloud.cloud import Cloud
from simcloud.context import Context


def test_two_clouds_take_turns() -> None:
    one, other = Context(Cloud()), Context(Cloud())
    made = one.client("ec2").create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    other.client("ec2").create_vpc(CidrBlock="10.2.0.0/16")
    one.client("s3").create_bucket(Bucket="only-in-one")

    assert ranges(one) == {"10.1.0.0/16"}
    assert ranges(other) == {"10.2.0.0/16"}
    assert other.client("s3").list_buckets()["Buckets"] == []
    assert [bucket["Name"] for bucket in one.client("s3").list_buckets()["Buckets"]] == ["only-in-one"]
    one.client("ec2").delete_vpc(VpcId=made)
    assert ranges(one) == set()
    assert ranges(other) == {"10.2.0.0/16"}


def test_a_cloud_that_nobody_has_any_more_leaves_nothing() -> None:
    Context(Cloud()).client("ec2").create_vpc(CidrBlock="10.3.0.0/16")
    gc.collect()
    assert ranges(Context(Cloud())) == set()


def test_emptying_one_leaves_the_other() -> None:
    one, other = Cloud(), Cloud()
    for cloud in (one, other):
        Clients(cloud.handle).get("sqs", "us-east-1").create_queue(QueueName="jobs")
    one.reset()

    assert "QueueUrls" not in Clients(one.handle).get("sqs", "us-east-1").list_queues()
    assert len(Clients(other.handle).get("sqs", "us-east-1").list_queues()["QueueUrls"]) == 1


def ranges(context: Context) -> set[str]:
    """Of the VPCs that somebody made."""
    vpcs: list[dict[str, Any]] = context.client("ec2").describe_vpcs()["Vpcs"]
    return {vpc["CidrBlock"] for vpc in vpcs if not vpc["IsDefault"]}
