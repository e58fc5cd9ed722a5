"""Look-ups of regions, services, addresses and of the account itself."""

from __future__ import annotations

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World
from tests.simcloud.test_invokes import ask


@pytest.fixture
def ctx() -> Context:
    return Context(Cloud(), default_tags={"Team": "web"})


def test_regions(ctx: Context) -> None:
    found = ask(ctx, "aws:index/getRegions:getRegions", {})
    assert {"us-east-1", "eu-west-1"} <= set(found["names"])
    assert found["id"] == "aws"


def test_default_tags(ctx: Context) -> None:
    assert ask(ctx, "aws:index/getDefaultTags:getDefaultTags", {})["tags"] == {"Team": "web"}


def test_arn_in_its_parts(ctx: Context) -> None:
    found = ask(ctx, "aws:index/getArn:getArn", {"arn": "arn:aws:rds:eu-west-1:123456789012:db:mysql-db"})
    assert (found["service"], found["region"], found["resource"]) == ("rds", "eu-west-1", "db:mysql-db")
    with pytest.raises(Refusal, match="invalid ARN"):
        ask(ctx, "aws:index/getArn:getArn", {"arn": "rds:db"})


@pytest.mark.parametrize(
    "args",
    [
        {"serviceId": "s3"},
        {"dnsName": "s3.us-east-1.amazonaws.com"},
        {"reverseDnsName": "com.amazonaws.us-east-1.s3"},
    ],
)
def test_service_by_each_of_its_names(ctx: Context, args: dict[str, str]) -> None:
    found = ask(ctx, "aws:index/getService:getService", args)
    assert (found["id"], found["supported"]) == ("com.amazonaws.us-east-1.s3", True)


def test_service_that_does_not_exist(ctx: Context) -> None:
    assert ask(ctx, "aws:index/getService:getService", {"serviceId": "sorcery"})["supported"] is False


def test_ip_ranges(ctx: Context) -> None:
    token = "aws:index/getIpRanges:getIpRanges"
    found = ask(ctx, token, {"services": ["S3"], "regions": ["eu-west-1"]})
    assert found["cidrBlocks"] == ["52.218.0.0/17"]
    with pytest.raises(Refusal, match="no IP ranges result from filters: sorcery"):
        ask(ctx, token, {"services": ["sorcery"]})


def test_canonical_user(ctx: Context) -> None:
    assert ask(ctx, "aws:s3/getCanonicalUserId:getCanonicalUserId", {})["id"] != ""


def test_data_stream() -> None:
    world = World()
    made = world.make("aws:kinesis/stream:Stream", name="events", shardCount=2)
    found = ask(world.ctx, "aws:kinesis/getStream:getStream", {"name": "events"})
    assert (found["arn"], len(found["openShards"]), found["closedShards"]) == (made.identity, 2, [])
