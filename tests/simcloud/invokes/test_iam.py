"""Look-ups of identities."""

from __future__ import annotations

import json

import pytest

from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World
from tests.simcloud.test_invokes import ask

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


@pytest.fixture
def world() -> World:
    return World()


def test_role(world: World) -> None:
    world.make("aws:iam/role:Role", name="app", assumeRolePolicy=TRUST, tags={"Team": "web"})
    found = ask(world.ctx, "aws:iam/getRole:getRole", {"name": "app"})
    assert (found["arn"], found["tags"]) == ("arn:aws:iam::123456789012:role/app", {"Team": "web"})
    assert json.loads(found["assumeRolePolicy"]) == json.loads(TRUST)


def test_user_with_a_boundary(world: World) -> None:
    world.make("aws:iam/user:User", name="ci", permissionsBoundary=READ_ONLY)
    found = ask(world.ctx, "aws:iam/getUser:getUser", {"userName": "ci"})
    assert (found["userName"], found["permissionsBoundary"]) == ("ci", READ_ONLY)


def test_group_with_its_users(world: World) -> None:
    world.make("aws:iam/group:Group", name="developers")
    world.make("aws:iam/user:User", name="ann")
    world.make("aws:iam/groupMembership:GroupMembership", group="developers", users=["ann"])
    found = ask(world.ctx, "aws:iam/getGroup:getGroup", {"groupName": "developers"})
    assert [user["arn"] for user in found["users"]] == ["arn:aws:iam::123456789012:user/ann"]


def test_policy_of_aws_by_arn_and_by_name(world: World) -> None:
    found = ask(world.ctx, "aws:iam/getPolicy:getPolicy", {"arn": READ_ONLY})
    assert (found["name"], found["path"], found["tags"]) == ("ReadOnlyAccess", "/", {})
    named = ask(world.ctx, "aws:iam/getPolicy:getPolicy", {"name": "ReadOnlyAccess"})
    assert named["arn"] == READ_ONLY


def test_policy_that_does_not_exist(world: World) -> None:
    with pytest.raises(Refusal, match="no matching IAM Policy found"):
        ask(world.ctx, "aws:iam/getPolicy:getPolicy", {"name": "NoSuchPolicy"})


def test_open_id_connect_provider_by_address(world: World) -> None:
    url = "https://token.actions.githubusercontent.com"
    made = world.make(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider", url=url, clientIdLists=["sts.amazonaws.com"]
    )
    found = ask(world.ctx, "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", {"url": url})
    assert (found["arn"], found["clientIdLists"]) == (made.identity, ["sts.amazonaws.com"])


def test_account_alias(world: World) -> None:
    with pytest.raises(Refusal, match="empty result"):
        ask(world.ctx, "aws:iam/getAccountAlias:getAccountAlias", {})
    world.make("aws:iam/accountAlias:AccountAlias", accountAlias="learning-assistant")
    assert ask(world.ctx, "aws:iam/getAccountAlias:getAccountAlias", {})["id"] == "learning-assistant"
