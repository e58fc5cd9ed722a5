"""What is imported by another word than its id gets the id that the real provider gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.simcloud.test_import_ids import imported
from tests.simcloud.test_in_use import TARGETS, VPC, World

MEMBERSHIP = "aws:iam/userGroupMembership:UserGroupMembership"
CERTIFICATE = "aws:iam/serverCertificate:ServerCertificate"
ATTACHMENT, STREAM = "aws:lb/targetGroupAttachment:TargetGroupAttachment", "aws:kinesis/stream:Stream"
HERE = Path(__file__).parent


@pytest.fixture
def world() -> World:
    return World()


def test_groups_of_a_user(world: World) -> None:
    world.make("aws:iam/user:User", name="ann")
    for group in ("developers", "auditors"):
        world.make("aws:iam/group:Group", name=group)
    world.make(MEMBERSHIP, user="ann", groups=["developers", "auditors"])
    found = world.provider.read("urn:x", MEMBERSHIP, "ann/developers/auditors", {}, {})
    assert found is not None
    assert (found.inputs["user"], found.inputs["groups"]) == ("ann", ["developers", "auditors"])
    assert found.identity.startswith("terraform-")


def test_server_certificate_by_name(world: World) -> None:
    case = yaml.safe_load((HERE / "lifecycle/iam/server_certificate.yaml").read_text())
    made = world.make(CERTIFICATE, **case["create"])
    assert made.identity.startswith("ASCA")
    assert imported(world, CERTIFICATE, "site") == made.identity


def test_data_stream_by_name(world: World) -> None:
    made = world.make(STREAM, name="events", shardCount=1)
    assert imported(world, STREAM, "events") == made.identity


def test_target_with_a_port(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16").identity
    group = world.make(TARGETS, port=80, protocol="HTTP", targetType="ip", vpcId=vpc).identity
    made = world.make(ATTACHMENT, targetGroupArn=group, targetId="10.0.0.4", port=8080)
    assert imported(world, ATTACHMENT, f"{group},10.0.0.4,8080") == made.identity
