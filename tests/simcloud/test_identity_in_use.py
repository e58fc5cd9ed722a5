"""What IAM refuses to remove or to add because of what else there is, over the provider and over HTTP alike."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World

USER, GROUP, POLICY = "aws:iam/user:User", "aws:iam/group:Group", "aws:iam/policy:Policy"
KEY, ATTACHMENT = "aws:iam/accessKey:AccessKey", "aws:iam/userPolicyAttachment:UserPolicyAttachment"
MEMBERSHIP = "aws:iam/groupMembership:GroupMembership"
READ = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
)


@pytest.fixture
def world() -> World:
    return World()


def test_user_with_a_key_stays_unless_it_is_forced(world: World) -> None:
    user = world.make(USER, name="ci")
    world.ctx.client("iam").create_access_key(UserName="ci")
    with pytest.raises(Refusal, match="DeleteConflict: Cannot delete entity, must delete access keys first"):
        world.remove(USER, user)
    user.inputs["forceDestroy"] = user.outputs["forceDestroy"] = True
    world.remove(USER, user)
    assert world.ctx.client("iam").list_users()["Users"] == []


def test_user_with_a_password_stays_over_http(world: World) -> None:
    world.make(USER, name="ann")
    iam = world.ctx.client("iam")
    iam.create_login_profile(UserName="ann", Password="correct horse battery")
    with pytest.raises(ClientError, match="must delete login profile first"):
        iam.delete_user(UserName="ann")


def test_user_with_a_policy_stays(world: World) -> None:
    user = world.make(USER, name="ann")
    world.make(ATTACHMENT, user="ann", policyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    with pytest.raises(Refusal, match="must detach all policies first"):
        world.remove(USER, user)


def test_group_with_users_stays(world: World) -> None:
    group = world.make(GROUP, name="developers")
    world.make(USER, name="ann")
    members = world.make(MEMBERSHIP, group="developers", users=["ann"])
    with pytest.raises(Refusal, match="must remove users from group first"):
        world.remove(GROUP, group)
    world.remove(MEMBERSHIP, members)
    world.remove(GROUP, group)


def test_names_differ_in_more_than_case(world: World) -> None:
    world.make(USER, name="Ann")
    with pytest.raises(Refusal, match="EntityAlreadyExists: User with name Ann already exists"):
        world.make(USER, name="ann")


def test_eleventh_policy_of_a_user(world: World) -> None:
    world.make(USER, name="ann")
    for number in range(10):
        arn = world.make(POLICY, name=f"p{number}", policy=READ).identity
        world.make(ATTACHMENT, user="ann", policyArn=arn)
    with pytest.raises(Refusal, match="LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10"):
        world.make(ATTACHMENT, user="ann", policyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")


def test_third_key_of_a_user(world: World) -> None:
    world.make(USER, name="ann")
    for _ in range(2):
        world.make(KEY, user="ann")
    with pytest.raises(Refusal, match="AccessKeysPerUser: 2"):
        world.make(KEY, user="ann")


def test_keys_and_tags_follow_a_renamed_user(world: World) -> None:
    world.make(USER, name="ann", tags={"Team": "web"})
    world.make(KEY, user="ann")
    iam = world.ctx.client("iam")
    iam.update_user(UserName="ann", NewUserName="anna", NewPath="/people/")
    assert iam.list_user_tags(UserName="anna")["Tags"] == [{"Key": "Team", "Value": "web"}]
    assert [key["UserName"] for key in iam.list_access_keys(UserName="anna")["AccessKeyMetadata"]] == ["anna"]
