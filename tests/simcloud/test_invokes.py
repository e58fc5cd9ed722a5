"""Look-ups answer everything that the provider's result classes hold."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from typing import Any

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider
from simcloud.refusal import Refusal
from simcloud.values import Props


@pytest.fixture
def ctx() -> Context:
    return Context(Cloud())


def ask(ctx: Context, token: str, args: Props) -> Props:
    """The answer to a look-up, which must hold every property of its result class and no other."""
    found = Provider(ctx).invoke(token, args)
    assert set(found) == _result_properties(token)
    return found


def _result_properties(token: str) -> set[str]:
    module = (
        importlib.import_module(f"pulumi_aws.{token.split(':')[1].replace('index/', '').split('/')[0]}")
        if ("index/" not in token)
        else importlib.import_module("pulumi_aws")
    )
    name = token.rsplit(":", 1)[-1]
    function: Any = getattr(module, re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())
    home = importlib.import_module(function.__module__)
    result = next(
        value for key, value in vars(home).items() if key.startswith("Get") and key.endswith("Result")
    )
    parameters = list(inspect.signature(result.__init__).parameters)[1:]
    return {re.sub(r"_(\w)", lambda letter: letter.group(1).upper(), parameter) for parameter in parameters}


# --- accounts, regions, policies, secrets, keys, buckets, parameters ------------------------------------------------


def test_region(ctx: Context) -> None:
    found = ask(ctx, "aws:index/getRegion:getRegion", {})
    assert found == {
        "description": "US East (N. Virginia)",
        "endpoint": "ec2.us-east-1.amazonaws.com",
        "id": "us-east-1",
        "name": "us-east-1",
        "region": "us-east-1",
    }
    assert (
        ask(ctx, "aws:index/getRegion:getRegion", {"name": "eu-west-1"})["description"] == "Europe (Ireland)"
    )


def test_region_that_does_not_exist(ctx: Context) -> None:
    with pytest.raises(Refusal, match="no AWS region 'mars-1'"):
        ask(ctx, "aws:index/getRegion:getRegion", {"name": "mars-1"})


def test_partition(ctx: Context) -> None:
    found = ask(ctx, "aws:index/getPartition:getPartition", {})
    assert (found["partition"], found["dnsSuffix"]) == ("aws", "amazonaws.com")


def test_service_principal(ctx: Context) -> None:
    found = ask(ctx, "aws:index/getServicePrincipal:getServicePrincipal", {"serviceName": "s3"})
    assert (found["name"], found["id"]) == ("s3.amazonaws.com", "s3.us-east-1.amazonaws.com")


def test_policy_document_is_written_as_the_real_provider_writes_it(ctx: Context) -> None:
    statement = {
        "sid": "Read",
        "actions": ["s3:GetObject", "s3:ListBucket"],
        "resources": ["arn:aws:s3:::x/&{aws:username}"],
        "principals": [{"type": "Service", "identifiers": ["ecs.amazonaws.com"]}],
        "conditions": [{"test": "StringLike", "variable": "s3:prefix", "values": ["a", "b"]}],
    }
    found = ask(ctx, "aws:iam/getPolicyDocument:getPolicyDocument", {"statements": [statement]})
    assert json.loads(found["json"]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Read",
                "Effect": "Allow",
                "Action": ["s3:ListBucket", "s3:GetObject"],
                "Resource": "arn:aws:s3:::x/${aws:username}",
                "Principal": {"Service": "ecs.amazonaws.com"},
                "Condition": {"StringLike": {"s3:prefix": ["a", "b"]}},
            }
        ],
    }
    assert found["json"].startswith(
        '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Sid": "Read",'
    )
    assert " " not in found["minifiedJson"]


def test_policy_documents_override_by_sid(ctx: Context) -> None:
    source = '{"Statement": [{"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
    override = {"sid": "A", "effect": "Deny", "actions": ["*"], "resources": ["*"]}
    args = {"sourcePolicyDocuments": [source], "statements": [override]}
    found = json.loads(ask(ctx, "aws:iam/getPolicyDocument:getPolicyDocument", args)["json"])
    assert found["Statement"] == [{"Sid": "A", "Effect": "Deny", "Action": "*", "Resource": "*"}]


def test_random_password(ctx: Context) -> None:
    args = {"passwordLength": 20, "excludeCharacters": '"@/\\', "requireEachIncludedType": True}
    first = ask(ctx, "aws:secretsmanager/getRandomPassword:getRandomPassword", args)["randomPassword"]
    second = ask(ctx, "aws:secretsmanager/getRandomPassword:getRandomPassword", args)["randomPassword"]
    assert len(first) == 20
    assert first != second
    assert not set(first) & set('"@/\\')


def test_secret_and_its_value(ctx: Context) -> None:
    client = ctx.client("secretsmanager")
    arn = client.create_secret(
        Name="app", Description="d", SecretString="one", Tags=[{"Key": "a", "Value": "b"}]
    )["ARN"]
    client.put_secret_value(SecretId=arn, SecretString="two")
    version = ask(ctx, "aws:secretsmanager/getSecretVersion:getSecretVersion", {"secretId": arn})
    assert (version["secretString"], version["id"]) == ("two", f"{arn}|AWSCURRENT")
    before = {"secretId": "app", "versionStage": "AWSPREVIOUS"}
    previous = ask(ctx, "aws:secretsmanager/getSecretVersion:getSecretVersion", before)
    assert (previous["secretString"], previous["versionStages"]) == ("one", ["AWSPREVIOUS"])
    secret = ask(ctx, "aws:secretsmanager/getSecret:getSecret", {"name": "app"})
    assert (secret["arn"], secret["description"], secret["tags"]) == (arn, "d", {"a": "b"})


def test_secret_without_a_value(ctx: Context) -> None:
    ctx.client("secretsmanager").create_secret(Name="empty")
    with pytest.raises(Refusal, match="ResourceNotFoundException"):
        ask(ctx, "aws:secretsmanager/getSecretVersion:getSecretVersion", {"secretId": "empty"})


def test_key_and_alias(ctx: Context) -> None:
    kms = ctx.client("kms")
    key = kms.create_key(Description="d")["KeyMetadata"]
    kms.create_alias(AliasName="alias/app", TargetKeyId=key["KeyId"])
    found = ask(ctx, "aws:kms/getKey:getKey", {"keyId": "alias/app"})
    assert (found["arn"], found["id"], found["description"]) == (key["Arn"], key["KeyId"], "d")
    alias = ask(ctx, "aws:kms/getAlias:getAlias", {"name": "alias/app"})
    assert (alias["targetKeyArn"], alias["targetKeyId"]) == (key["Arn"], key["KeyId"])
    with pytest.raises(Refusal, match="NotFoundException"):
        ask(ctx, "aws:kms/getAlias:getAlias", {"name": "alias/none"})


def test_bucket(ctx: Context) -> None:
    ctx.client("s3").create_bucket(Bucket="app-data")
    found = ask(ctx, "aws:s3/getBucket:getBucket", {"bucket": "app-data"})
    assert found["bucketRegionalDomainName"] == "app-data.s3.us-east-1.amazonaws.com"


def test_parameter(ctx: Context) -> None:
    ctx.client("ssm").put_parameter(Name="/app/x", Value="v", Type="String")
    found = ask(ctx, "aws:ssm/getParameter:getParameter", {"name": "/app/x"})
    assert (found["value"], found["insecureValue"], found["version"]) == ("v", "v", 1)
