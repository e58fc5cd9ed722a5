"""What takes time in AWS: seen unfinished over the API, waited for by the provider, and no second of the wall's."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simcloud.clients import Clients
from simcloud.clock import clock
from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider
from tests.simcloud.lifecycle_runner import urn

Client = Callable[[str], Any]
DISTRIBUTION = {
    "CallerReference": "one",
    "Comment": "",
    "Enabled": True,
    "Origins": {
        "Quantity": 1,
        "Items": [
            {
                "Id": "web",
                "DomainName": "b.s3.us-east-1.amazonaws.com",
                "S3OriginConfig": {"OriginAccessIdentity": ""},
            }
        ],
    },
    "DefaultCacheBehavior": {
        "TargetOriginId": "web",
        "ViewerProtocolPolicy": "redirect-to-https",
        "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
}


@pytest.fixture
def client() -> Client:
    """boto3 from outside, as over HTTP."""
    clients = Clients(Cloud().serve)
    return lambda service: clients.get(service, "us-east-1")


def test_a_database_is_creating_when_it_is_first_looked_at(client: Client) -> None:
    made = client("rds").create_db_instance(
        DBInstanceIdentifier="main", Engine="postgres", DBInstanceClass="db.t4g.micro", AllocatedStorage=20,
        MasterUsername="dba", MasterUserPassword="not-a-secret",
    )  # fmt: skip
    assert made["DBInstance"]["DBInstanceStatus"] == "creating"
    assert _twice(lambda: client("rds").describe_db_instances()["DBInstances"][0]["DBInstanceStatus"]) == [
        "creating",
        "available",
    ]


def test_a_cache_is_creating(client: Client) -> None:
    client("elasticache").create_replication_group(
        ReplicationGroupId="main",
        ReplicationGroupDescription="d",
        CacheNodeType="cache.t4g.micro",
        Engine="redis",
    )
    assert _twice(
        lambda: client("elasticache").describe_replication_groups()["ReplicationGroups"][0]["Status"]
    ) == ["creating", "available"]


def test_a_balancer_is_being_provisioned(client: Client) -> None:
    client("elbv2").create_load_balancer(Name="main", Subnets=_default_subnets(client))
    assert _twice(lambda: client("elbv2").describe_load_balancers()["LoadBalancers"][0]["State"]["Code"]) == [
        "provisioning",
        "active",
    ]


def test_a_nat_gateway_is_pending_and_deleted_at_once(client: Client) -> None:
    ec2 = client("ec2")
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    made = ec2.create_nat_gateway(SubnetId=_default_subnets(client)[0], AllocationId=address)
    assert made["NatGateway"]["State"] == "pending"
    ec2.delete_nat_gateway(NatGatewayId=made["NatGateway"]["NatGatewayId"])
    assert ec2.describe_nat_gateways()["NatGateways"][0]["State"] == "deleted"


def test_an_instance_is_pending_and_can_be_stopped_then(client: Client) -> None:
    ec2 = client("ec2")
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    made = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]
    assert made["State"]["Name"] == "pending"
    assert _twice(lambda: _instance(ec2)["State"]["Name"]) == ["pending", "running"]
    ec2.stop_instances(InstanceIds=[made["InstanceId"]])
    assert _instance(ec2)["State"]["Name"] == "stopped"


def test_a_distribution_is_rolled_out_anew_after_every_change(client: Client) -> None:
    cloudfront = client("cloudfront")
    made = cloudfront.create_distribution(DistributionConfig=DISTRIBUTION)
    identity = made["Distribution"]["Id"]
    assert made["Distribution"]["Status"] == "InProgress"

    def status() -> str:
        return str(cloudfront.get_distribution(Id=identity)["Distribution"]["Status"])

    assert _twice(status) == ["InProgress", "Deployed"]
    cloudfront.update_distribution(
        Id=identity, IfMatch=made["ETag"], DistributionConfig={**DISTRIBUTION, "Comment": "changed"}
    )
    assert _twice(status) == ["InProgress", "Deployed"]


def test_the_provider_waits_on_the_clocks_time_not_on_ours(tmp_path: Path) -> None:
    cloud = Cloud(tmp_path / "journal.jsonl")
    cloud.open()
    began, wall = clock.now(), time.monotonic()
    outputs = _database(cloud)
    assert outputs["status"] == "available"
    assert clock.now() - began >= 5 * 60
    assert time.monotonic() - wall < 5 * 60
    again = Cloud(tmp_path / "journal.jsonl")
    again.open()
    found = again.clients.get("rds", "us-east-1").describe_db_instances()["DBInstances"][0]
    assert found["DBInstanceStatus"] == "available"
    assert found["InstanceCreateTime"] <= datetime.fromtimestamp(clock.now(), UTC)


def _database(cloud: Cloud) -> dict[str, Any]:
    token = "aws:rds/instance:Instance"
    provider = Provider(Context(cloud))
    props = {
        "engine": "postgres", "instanceClass": "db.t4g.micro", "allocatedStorage": 20, "username": "dba",
        "password": "not-a-secret", "skipFinalSnapshot": True,
    }  # fmt: skip
    checked = provider.check(urn("main", token), token, {}, props)
    assert checked.failures == ()
    return dict(provider.create(urn("main", token), token, checked.inputs).outputs)


def _twice(look: Callable[[], str]) -> list[str]:
    return [look(), look()]


def _instance(ec2: Any) -> dict[str, Any]:
    found: dict[str, Any] = ec2.describe_instances()["Reservations"][0]["Instances"][0]
    return found


def _default_subnets(client: Client) -> list[str]:
    return [subnet["SubnetId"] for subnet in client("ec2").describe_subnets()["Subnets"]][:2]
