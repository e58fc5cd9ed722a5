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


def test_policy_document_of_plain_dicts(ctx: Context) -> None:
    statement = {"effect": "Deny", "not_actions": ["iam:*"], "resources": ["*"], "not_principals": []}
    found = ask(ctx, "aws:iam/getPolicyDocument:getPolicyDocument", {"statements": [statement]})
    assert json.loads(found["json"])["Statement"] == [
        {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}
    ]


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


# --- networks, load balancers, certificates, names ------------------------------------------------------------------


@pytest.fixture
def vpc_id(ctx: Context) -> str:
    ec2 = ctx.client("ec2")
    vpc: str = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "main"}])
    return vpc


@pytest.fixture
def subnet_ids(ctx: Context, vpc_id: str) -> list[str]:
    ec2 = ctx.client("ec2")
    return [
        ec2.create_subnet(VpcId=vpc_id, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"us-east-1{zone}")[
            "Subnet"
        ]["SubnetId"]
        for n, zone in enumerate("ab")
    ]


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("com.amazonaws.global.cloudfront.origin-facing", "pl-3b927c52"),
        ("com.amazonaws.us-east-1.s3", "pl-63a5400a"),
        ("com.amazonaws.us-east-1.dynamodb", "pl-02cd2c6b"),
    ],
)
def test_prefix_lists_of_aws(ctx: Context, name: str, identity: str) -> None:
    found = ask(ctx, "aws:ec2/getManagedPrefixList:getManagedPrefixList", {"name": name})
    assert (found["id"], found["ownerId"], found["addressFamily"]) == (identity, "AWS", "IPv4")
    assert found["arn"] == f"arn:aws:ec2:us-east-1:aws:prefix-list/{identity}"
    assert all(set(entry) == {"cidr", "description"} for entry in found["entries"])
    by_id = ask(ctx, "aws:ec2/getManagedPrefixList:getManagedPrefixList", {"id": identity})
    assert by_id["name"] == name
    assert ask(ctx, "aws:ec2/getPrefixList:getPrefixList", {"name": name})["id"] == identity


def test_unknown_prefix_list(ctx: Context) -> None:
    with pytest.raises(Refusal, match="no matching EC2 Managed Prefix List found"):
        ask(ctx, "aws:ec2/getManagedPrefixList:getManagedPrefixList", {"name": "com.amazonaws.global.none"})


def test_vpc(ctx: Context, vpc_id: str) -> None:
    for args in ({"id": vpc_id}, {"tags": {"Name": "main"}}, {"cidrBlock": "10.0.0.0/16"}):
        found = ask(ctx, "aws:ec2/getVpc:getVpc", args)
        assert (found["id"], found["cidrBlock"], found["default"]) == (vpc_id, "10.0.0.0/16", False)
    assert found["tags"] == {"Name": "main"}
    assert ask(ctx, "aws:ec2/getVpc:getVpc", {"default": True})["cidrBlock"] == "172.31.0.0/16"
    with pytest.raises(Refusal, match="multiple EC2 VPCs matched"):
        ask(ctx, "aws:ec2/getVpc:getVpc", {})


def test_subnets(ctx: Context, vpc_id: str, subnet_ids: list[str]) -> None:
    of_vpc = {"filters": [{"name": "vpc-id", "values": [vpc_id]}]}
    assert ask(ctx, "aws:ec2/getSubnets:getSubnets", of_vpc)["ids"] == subnet_ids
    wanted = {"vpcId": vpc_id, "availabilityZone": "us-east-1b"}
    found = ask(ctx, "aws:ec2/getSubnet:getSubnet", wanted)
    assert (found["id"], found["cidrBlock"]) == (subnet_ids[1], "10.0.1.0/24")
    with pytest.raises(Refusal, match="no matching EC2 Subnet found"):
        ask(ctx, "aws:ec2/getSubnet:getSubnet", {"id": "subnet-12345678"})


def test_security_group(ctx: Context, vpc_id: str) -> None:
    found = ask(ctx, "aws:ec2/getSecurityGroup:getSecurityGroup", {"vpcId": vpc_id, "name": "default"})
    assert (found["name"], found["description"]) == ("default", "default VPC security group")


def test_image(ctx: Context) -> None:
    wanted = {"owners": ["amazon"], "filters": [{"name": "name", "values": ["al2023-ami-*-x86_64"]}]}
    found = ask(ctx, "aws:ec2/getAmi:getAmi", {**wanted, "mostRecent": True})
    assert found["architecture"] == "x86_64"
    assert found["id"] == found["imageId"]
    assert found["name"].startswith("al2023-ami-")
    with pytest.raises(Refusal, match="Your query returned no results"):
        ask(ctx, "aws:ec2/getAmi:getAmi", {"owners": ["amazon"], "nameRegex": "^no-such-image$"})


def test_zone(ctx: Context) -> None:
    route53 = ctx.client("route53")
    made = route53.create_hosted_zone(
        Name="example.com", CallerReference="1", HostedZoneConfig={"Comment": "c", "PrivateZone": False}
    )
    identity = made["HostedZone"]["Id"].removeprefix("/hostedzone/")
    for args in ({"name": "example.com"}, {"name": "example.com."}, {"zoneId": identity}):
        found = ask(ctx, "aws:route53/getZone:getZone", args)
        assert (found["zoneId"], found["name"], found["comment"]) == (identity, "example.com", "c")
    assert found["nameServers"] == sorted(made["DelegationSet"]["NameServers"])
    with pytest.raises(Refusal, match="no matching Route 53 Hosted Zone found"):
        ask(ctx, "aws:route53/getZone:getZone", {"name": "example.org"})


def test_load_balancer(ctx: Context, subnet_ids: list[str]) -> None:
    made = ctx.client("elbv2").create_load_balancer(Name="la-dev", Subnets=subnet_ids, Scheme="internal")
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]
    for args in ({"name": "la-dev"}, {"arn": arn}):
        found = ask(ctx, "aws:lb/getLoadBalancer:getLoadBalancer", args)
        assert (found["id"], found["internal"], found["idleTimeout"]) == (arn, True, 60)
    assert sorted(found["subnets"]) == sorted(subnet_ids)
    with pytest.raises(Refusal, match="no matching ELBv2 Load Balancer found"):
        ask(ctx, "aws:lb/getLoadBalancer:getLoadBalancer", {"name": "other"})


def test_certificate(ctx: Context) -> None:
    arn = ctx.client("acm").request_certificate(DomainName="example.com", ValidationMethod="DNS")[
        "CertificateArn"
    ]
    pending = {"domain": "example.com", "statuses": ["PENDING_VALIDATION"]}
    found = ask(ctx, "aws:acm/getCertificate:getCertificate", pending)
    assert (found["arn"], found["status"], found["certificate"]) == (arn, "PENDING_VALIDATION", "")
    with pytest.raises(Refusal, match="no matching ACM Certificate found"):
        ask(ctx, "aws:acm/getCertificate:getCertificate", {"domain": "example.com"})


# --- policies of CloudFront -----------------------------------------------------------------------------------------


def test_managed_cache_policy_by_name(ctx: Context) -> None:
    found = ask(ctx, "aws:cloudfront/getCachePolicy:getCachePolicy", {"name": "Managed-CachingOptimized"})
    assert found["id"] == "658327ea-f89d-4fab-a63d-7e88639e58f6"
    assert (found["minTtl"], found["defaultTtl"], found["maxTtl"]) == (1, 86_400, 31_536_000)
    assert found["parametersInCacheKeyAndForwardedToOrigins"] == [
        {
            "cookiesConfigs": [{"cookieBehavior": "none", "cookies": []}],
            "enableAcceptEncodingBrotli": True,
            "enableAcceptEncodingGzip": True,
            "headersConfigs": [{"headerBehavior": "none", "headers": []}],
            "queryStringsConfigs": [{"queryStringBehavior": "none", "queryStrings": []}],
        }
    ]


def test_managed_origin_request_policy_by_id(ctx: Context) -> None:
    found = ask(
        ctx,
        "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy",
        {"id": "b689b0a8-53d0-40ab-baf2-68738e2966ac"},
    )
    assert found["name"] == "Managed-AllViewerExceptHostHeader"
    assert found["headersConfigs"] == [{"headerBehavior": "allExcept", "headers": [{"items": ["host"]}]}]


def test_own_response_headers_policy(ctx: Context) -> None:
    token = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
    provider, urn = Provider(ctx), f"urn:pulumi:t::p::{token}::mine"
    given = {"securityHeadersConfig": {"frameOptions": {"frameOption": "DENY", "override": True}}}
    made = provider.create(urn, token, provider.check(urn, token, {}, given).inputs)
    found = ask(
        ctx,
        "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy",
        {"name": made.outputs["name"]},
    )
    assert (found["id"], found["arn"], found["etag"]) == (
        made.identity,
        made.outputs["arn"],
        made.outputs["etag"],
    )
    assert found["corsConfigs"] == []
    assert found["securityHeadersConfigs"][0]["frameOptions"] == [{"frameOption": "DENY", "override": True}]


def test_unknown_policy(ctx: Context) -> None:
    with pytest.raises(Refusal) as refused:
        ask(ctx, "aws:cloudfront/getCachePolicy:getCachePolicy", {"name": "Managed-Nothing"})
    assert refused.value.code == "NoSuchCachePolicy"


# --- databases -----------------------------------------------------------------------------------------------------


def test_database(ctx: Context) -> None:
    ctx.client("rds").create_db_instance(
        DBInstanceIdentifier="app-db",
        Engine="postgres",
        EngineVersion="16.4",
        DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20,
        MasterUsername="dba",
        MasterUserPassword="not-a-real-password",
        Tags=[{"Key": "Name", "Value": "app"}],
    )
    found = ask(ctx, "aws:rds/getInstance:getInstance", {"dbInstanceIdentifier": "app-db"})
    assert (found["port"], found["engineVersion"], found["tags"]) == (5432, "16.4", {"Name": "app"})
    assert found["endpoint"] == f"{found['address']}:5432"
    by_tags = ask(ctx, "aws:rds/getInstance:getInstance", {"tags": {"Name": "app"}})
    assert by_tags["dbInstanceIdentifier"] == "app-db"
    with pytest.raises(Refusal, match="matches 0 RDS instances"):
        ask(ctx, "aws:rds/getInstance:getInstance", {"tags": {"Name": "other"}})


@pytest.mark.parametrize(
    ("args", "version", "family"),
    [
        ({"engine": "postgres", "version": "16.4"}, "16.4", "postgres16"),
        ({"engine": "postgres", "version": "16", "latest": True}, "16.16", "postgres16"),
        ({"engine": "mysql", "preferredVersions": ["9.9.9", "8.0.43"]}, "8.0.43", "mysql8.0"),
        ({"engine": "mysql", "parameterGroupFamily": "mysql8.4", "latest": True}, "8.4.10", "mysql8.4"),
    ],
)
def test_engine_version(ctx: Context, args: Props, version: str, family: str) -> None:
    found = ask(ctx, "aws:rds/getEngineVersion:getEngineVersion", args)
    assert (found["versionActual"], found["parameterGroupFamily"]) == (version, family)


def test_engine_version_that_does_not_exist(ctx: Context) -> None:
    with pytest.raises(Refusal, match="no RDS engine versions match"):
        ask(ctx, "aws:rds/getEngineVersion:getEngineVersion", {"engine": "postgres", "version": "99"})
