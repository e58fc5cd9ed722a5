"""Throttling, failures and lost answers: retried as the provider does it, and nothing is made twice or lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from simcloud import http_api
from simcloud.clock import clock
from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.faults import Fault, Faults
from simcloud.provider import Provider, Resource
from simcloud.refusal import HalfMade, Refusal
from simcloud.values import Props
from tests.simcloud.lifecycle_runner import urn

BUCKET = "aws:s3/bucket:Bucket"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
QUEUE = "aws:sqs/queue:Queue"
RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
VPC = "aws:ec2/vpc:Vpc"


class After(Faults):
    """Nothing works any more after so many requests."""

    def __init__(self, requests: int) -> None:
        super().__init__()
        self._left = requests

    def met(self, service: str, sequence: int) -> Fault:
        self._left -= 1
        return Fault.NONE if self._left >= 0 else Fault.FAILED


def faulty(tmp_path: Path, text: str, journal: Path | None = None) -> Cloud:
    cloud = Cloud(journal)
    if journal is not None:
        cloud.open()
    cloud.faults.file = tmp_path / "faults.yaml"
    cloud.faults.file.write_text(text)
    return cloud


def make(provider: Provider, name: str, token: str, props: Props) -> Resource:
    checked = provider.check(urn(name, token), token, {}, props)
    assert checked.failures == ()
    return provider.create(urn(name, token), token, checked.inputs)


def test_a_deployment_in_bad_weather_makes_everything_once(tmp_path: Path) -> None:
    cloud = faulty(tmp_path, "{throttle: 0.2, error: 0.15, timeout: 0.25}", tmp_path / "journal.jsonl")
    provider = Provider(Context(cloud))
    vpc = make(provider, "vpc", VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "main"}})
    for number in range(12):
        group = make(provider, f"group-{number}", GROUP, {"vpcId": vpc.identity, "description": "d"})
        make(provider, f"rule-{number}", RULE, {
            "securityGroupId": group.identity, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443,
            "cidrIpv4": "10.0.0.0/8",
        })  # fmt: skip
        make(provider, f"queue-{number}", QUEUE, {"visibilityTimeoutSeconds": 60, "tags": {"N": str(number)}})
        make(provider, f"bucket-{number}", BUCKET, {"tags": {"N": str(number)}})
    (tmp_path / "faults.yaml").unlink()
    expected = {"vpcs": 1, "groups": 12, "rules": 12, "queues": 12, "buckets": 12}
    assert _counted(cloud, vpc.identity) == expected

    again = Cloud(tmp_path / "journal.jsonl")
    again.open()
    assert _counted(again, vpc.identity) == expected
    assert again.deviations == 0


def test_what_never_works_is_refused_in_awss_words_and_leaves_nothing(tmp_path: Path) -> None:
    cloud = faulty(tmp_path, "{throttle: 1, services: [ec2]}")
    provider = Provider(Context(cloud))
    before = clock.now()
    with pytest.raises(Refusal) as refused:
        make(provider, "vpc", VPC, {"cidrBlock": "10.0.0.0/16"})
    assert refused.value.code == "RequestLimitExceeded"
    assert clock.now() - before > 5 * 60
    (tmp_path / "faults.yaml").unlink()
    found = cloud.clients.get("ec2", "us-east-1").describe_vpcs()["Vpcs"]
    assert [vpc["IsDefault"] for vpc in found] == [True]


def test_silence_is_an_error_too(tmp_path: Path) -> None:
    provider = Provider(Context(faulty(tmp_path, "{timeout: 1}")))
    with pytest.raises(Refusal) as refused:
        make(provider, "queue", QUEUE, {})
    assert refused.value.code == "RequestTimeout"


def test_what_is_half_made_and_cannot_be_taken_back_is_told_by_its_id() -> None:
    cloud = Cloud()
    cloud.faults = After(1)
    with pytest.raises(HalfMade) as half_made:
        make(Provider(Context(cloud)), "vpc", VPC, {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True})
    cloud.faults = Faults()
    found = cloud.clients.get("ec2", "us-east-1").describe_vpcs(VpcIds=[half_made.value.identity])
    assert found["Vpcs"][0]["CidrBlock"] == "10.0.0.0/16"


@pytest.mark.parametrize(
    ("service", "call", "code"),
    [
        ("ec2", "describe_vpcs", "RequestLimitExceeded"),
        ("s3", "list_buckets", "SlowDown"),
        ("iam", "list_roles", "Throttling"),
        ("route53", "list_hosted_zones", "Throttling"),
        ("ecs", "list_clusters", "ThrottlingException"),
        ("backup", "list_backup_vaults", "ThrottlingException"),
    ],
)
def test_boto3_hears_it_in_the_services_own_form(tmp_path: Path, service: str, call: str, code: str) -> None:
    with _served(faulty(tmp_path, "{throttle: 1}")) as client:
        with pytest.raises(ClientError) as error:
            getattr(client(service, 1), call)()
        assert error.value.response["Error"]["Code"] == code


def test_boto3_retries_until_it_is_heard_and_makes_it_once(tmp_path: Path) -> None:
    cloud = faulty(tmp_path, "{error: 0.2, timeout: 0.4}")
    with _served(cloud) as client:
        for number in range(10):
            client("sqs", 12).create_queue(QueueName=f"q{number}")
            client("ec2", 12).create_vpc(CidrBlock="10.0.0.0/16")
    (tmp_path / "faults.yaml").unlink()
    inside = cloud.clients.get
    assert len(inside("sqs", "us-east-1").list_queues()["QueueUrls"]) == 10
    assert len(inside("ec2", "us-east-1").describe_vpcs()["Vpcs"]) == 1 + 10


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{throtle: 1}", "expected a mapping with some of error, services, throttle, timeout"),
        ("[1]", "expected a mapping"),
        ("{error: 2}", "error: 2. Expected a share between 0 and 1"),
        ("{error: true}", "Expected a share between 0 and 1"),
        ("{error: 0.7, timeout: 0.7}", "the shares make 1.4 together. Expected at most 1"),
        ("{services: ec2}", "services: expected a list"),
        ("{", "not YAML"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, problem: str) -> None:
    provider = Provider(Context(faulty(tmp_path, text)))
    with pytest.raises(Refusal, match=r"faults\.yaml") as refused:
        make(provider, "queue", QUEUE, {})
    assert refused.value.code == "InvalidFaults"
    assert problem in refused.value.message


def _counted(cloud: Cloud, vpc: str) -> dict[str, int]:
    ec2 = cloud.clients.get("ec2", "us-east-1")
    groups = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]
    own = [group["GroupId"] for group in groups if group["GroupName"] != "default"]
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": own}])
    return {
        "vpcs": len([found for found in ec2.describe_vpcs()["Vpcs"] if not found["IsDefault"]]),
        "groups": len(own),
        "rules": len([rule for rule in rules["SecurityGroupRules"] if not rule["IsEgress"]]),
        "queues": len(cloud.clients.get("sqs", "us-east-1").list_queues()["QueueUrls"]),
        "buckets": len(cloud.clients.get("s3", "us-east-1").list_buckets()["Buckets"]),
    }


@contextmanager
def _served(cloud: Cloud) -> Iterator[Callable[[str, int], Any]]:
    """Clients over HTTP, by service and number of attempts."""
    server = http_api.serve(cloud)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield lambda service, attempts: boto3.client(  # type: ignore[call-overload]
            service,
            region_name="us-east-1",
            endpoint_url=f"http://127.0.0.1:{server.server_port}",
            aws_access_key_id="simulated",
            aws_secret_access_key="simulated",
            config=Config(retries={"mode": "standard", "total_max_attempts": attempts}),
        )
    finally:
        server.shutdown()
