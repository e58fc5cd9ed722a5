"""Look-ups of what has a name: topics, log groups, instance profiles."""

from __future__ import annotations

import pytest

from simcloud.context import Context
from simcloud.refusal import Refusal
from tests.simcloud.test_invokes import ask, ctx

__all__ = ["ctx"]
TOPIC = "aws:sns/getTopic:getTopic"
LOGS = "aws:cloudwatch/getLogGroup:getLogGroup"
PROFILE = "aws:iam/getInstanceProfile:getInstanceProfile"
TRUST = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", '
    '"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
)


def test_topic(ctx: Context) -> None:
    sns = ctx.client("sns")
    arn = sns.create_topic(Name="alarms", Tags=[{"Key": "Team", "Value": "ops"}])["TopicArn"]
    sns.create_topic(Name="more-alarms")
    assert ask(ctx, TOPIC, {"name": "alarms"}) == {
        "arn": arn,
        "id": arn,
        "name": "alarms",
        "region": "us-east-1",
        "tags": {"Team": "ops"},
    }


def test_log_group(ctx: Context) -> None:
    logs = ctx.client("logs")
    for name in ("/app", "/app/more"):
        logs.create_log_group(logGroupName=name, tags={"Name": name})
    logs.put_retention_policy(logGroupName="/app", retentionInDays=14)
    found = ask(ctx, LOGS, {"name": "/app"})
    assert found.pop("creationTime") > 0
    assert found == {
        "arn": "arn:aws:logs:us-east-1:123456789012:log-group:/app",
        "deletionProtectionEnabled": False,
        "id": "/app",
        "kmsKeyId": "",
        "logGroupClass": "STANDARD",
        "name": "/app",
        "region": "us-east-1",
        "retentionInDays": 14,
        "tags": {"Name": "/app"},
    }


def test_instance_profile(ctx: Context) -> None:
    iam = ctx.client("iam")
    role = iam.create_role(RoleName="web", AssumeRolePolicyDocument=TRUST)["Role"]
    made = iam.create_instance_profile(InstanceProfileName="web", Path="/ec2/")["InstanceProfile"]
    assert ask(ctx, PROFILE, {"name": "web"})["roleArn"] == ""
    iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="web")
    found = ask(ctx, PROFILE, {"name": "web"})
    assert found.pop("createDate").endswith("Z")
    assert found == {
        "arn": "arn:aws:iam::123456789012:instance-profile/ec2/web",
        "id": made["InstanceProfileId"],
        "name": "web",
        "path": "/ec2/",
        "roleArn": role["Arn"],
        "roleId": role["RoleId"],
        "roleName": "web",
    }


@pytest.mark.parametrize(
    ("token", "code"), [(TOPIC, "NotFound"), (LOGS, "NotFound"), (PROFILE, "NoSuchEntity")]
)
def test_what_does_not_exist(ctx: Context, token: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        ask(ctx, token, {"name": "nobody"})
