"""Production as AWS has it: what the document names, and nothing open that is not the edge's."""

from __future__ import annotations

import pytest

from tests.engine.bench import Bench
from tests.engine.inventory import inventory, own_vpcs

pytestmark = [pytest.mark.engine, pytest.mark.slow]


def test_production_comes_up_shows_no_diff_and_goes(bench: Bench) -> None:
    up = bench.sim("up", "production")
    assert up["policy"]["violations"] == []
    _network(bench)
    _data(bench)
    _edge(bench)
    assert _open_to_the_world(bench) == []
    assert bench.sim("preview", "production")["steps"] == []
    assert bench.sim("status")["environments"]["production"]["types"]["aws:ec2/subnet:Subnet"] == 9
    assert bench.sim("destroy", "production")["counts"] == {"delete": up["counts"]["create"]}
    assert inventory(bench) == {}


def _network(bench: Bench) -> None:
    ec2 = bench.client("ec2")
    (vpc,) = own_vpcs(bench)
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
    tens = {f"10.0.{tier}{number}.0/24" for tier in ("", "1", "2") for number in (1, 2, 3)}
    assert {subnet["CidrBlock"] for subnet in subnets} == tens
    assert {subnet["AvailabilityZone"] for subnet in subnets} == {"us-east-1a", "us-east-1b", "us-east-1c"}
    nats = ec2.describe_nat_gateways()["NatGateways"]
    assert len({nat["SubnetId"] for nat in nats if nat["State"] == "available"}) == 3


def _data(bench: Bench) -> None:
    databases = bench.client("rds").describe_db_instances()["DBInstances"]
    (primary,) = [item for item in databases if item.get("ReadReplicaDBInstanceIdentifiers")]
    assert len(primary["ReadReplicaDBInstanceIdentifiers"]) == 2
    assert (primary["Engine"], primary["MultiAZ"], primary["StorageEncrypted"]) == ("postgres", True, True)
    assert {item["PubliclyAccessible"] for item in databases} == {False}
    (cache,) = bench.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert cache["AutomaticFailover"] == "enabled"
    assert cache["TransitEncryptionEnabled"] is True


def _edge(bench: Bench) -> None:
    cloudfront = bench.client("cloudfront")
    (summary,) = cloudfront.list_distributions()["DistributionList"]["Items"]
    configuration = cloudfront.get_distribution_config(Id=summary["Id"])["DistributionConfig"]
    (acl,) = bench.client("wafv2").list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    assert configuration["WebACLId"] == acl["ARN"]
    assert configuration["Aliases"]["Items"] == ["learning-assistant.app"]


def _open_to_the_world(bench: Bench) -> list[str]:
    """Groups with an ingress rule for everybody. Behind CloudFront there is none."""
    (vpc,) = own_vpcs(bench)
    groups = bench.client("ec2").describe_security_groups(
        Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    )
    return [
        group["GroupName"]
        for group in groups["SecurityGroups"]
        for rule in group["IpPermissions"]
        if any(block["CidrIp"] == "0.0.0.0/0" for block in rule["IpRanges"])
        or any(block["CidrIpv6"] == "::/0" for block in rule["Ipv6Ranges"])
    ]
