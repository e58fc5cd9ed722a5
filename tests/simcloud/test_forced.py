"""Changes that replace a resource only because of what they were and become; others of the property do not."""

from __future__ import annotations

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider
from simcloud.values import Props
from tests.simcloud.lifecycle_runner import urn

GROUP = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1:autoScalingGroupName/"


def records(*types: str, ttl: int = 10) -> Props:
    return {
        "dnsConfig": {"namespaceId": "ns-1", "dnsRecords": [{"type": name, "ttl": ttl} for name in types]}
    }


@pytest.mark.parametrize(
    ("token", "old", "new", "replaced"),
    [
        ("aws:ssm/parameter:Parameter", {"tier": "Advanced"}, {"tier": "Standard"}, {"tier"}),
        ("aws:ssm/parameter:Parameter", {"tier": "Standard"}, {"tier": "Advanced"}, set()),
        (
            "aws:ec2transitgateway/transitGateway:TransitGateway",
            {"defaultRouteTableAssociation": "disable"},
            {"defaultRouteTableAssociation": "enable"},
            {"defaultRouteTableAssociation"},
        ),
        (
            "aws:ec2transitgateway/transitGateway:TransitGateway",
            {"defaultRouteTableAssociation": "enable"},
            {"defaultRouteTableAssociation": "disable"},
            set(),
        ),
        ("aws:ec2/instance:Instance", {"userData": "a"}, {"userData": "b"}, set()),
        (
            "aws:ec2/instance:Instance",
            {"userData": "a", "userDataReplaceOnChange": True},
            {"userData": "b", "userDataReplaceOnChange": True},
            {"userData"},
        ),
        (
            "aws:ec2/networkInterface:NetworkInterface",
            {"enablePrimaryIpv6": True},
            {"enablePrimaryIpv6": False},
            {"enablePrimaryIpv6"},
        ),
        ("aws:servicediscovery/service:Service", records("A"), records("A", ttl=60), set()),
        ("aws:servicediscovery/service:Service", records("A"), records("A", "SRV"), {"dnsConfig"}),
        (
            "aws:ecs/capacityProvider:CapacityProvider",
            {"autoScalingGroupProvider": {"autoScalingGroupArn": f"{GROUP}a"}},
            {"autoScalingGroupProvider": {"autoScalingGroupArn": f"{GROUP}b"}},
            {"autoScalingGroupProvider"},
        ),
        (
            "aws:ecs/capacityProvider:CapacityProvider",
            {"autoScalingGroupProvider": {"autoScalingGroupArn": f"{GROUP}a"}},
            {"autoScalingGroupProvider": {"autoScalingGroupArn": f"{GROUP}a", "managedDraining": "DISABLED"}},
            set(),
        ),
        ("aws:opensearch/domain:Domain", {}, {"vpcOptions": {"subnetIds": ["subnet-1"]}}, {"vpcOptions"}),
        (
            "aws:opensearch/domain:Domain",
            {"vpcOptions": {"subnetIds": ["subnet-1"]}},
            {"vpcOptions": {"subnetIds": ["subnet-2"]}},
            set(),
        ),
        (
            "aws:elasticache/replicationGroup:ReplicationGroup",
            {"engine": "redis", "engineVersion": "6.2", "transitEncryptionEnabled": False},
            {"engine": "redis", "engineVersion": "6.2", "transitEncryptionEnabled": True},
            {"transitEncryptionEnabled"},
        ),
        (
            "aws:elasticache/replicationGroup:ReplicationGroup",
            {"engine": "redis", "engineVersion": "7.1", "transitEncryptionEnabled": False},
            {"engine": "redis", "engineVersion": "7.1", "transitEncryptionEnabled": True},
            set(),
        ),
        (
            "aws:rds/cluster:Cluster",
            {"dbClusterInstanceClass": "db.m6gd.large", "storageType": "io1"},
            {"dbClusterInstanceClass": "db.m6gd.large", "storageType": "gp3"},
            {"storageType"},
        ),
        ("aws:rds/cluster:Cluster", {"storageType": "aurora"}, {"storageType": "aurora-iopt1"}, set()),
    ],
)
def test_it_is_replaced_for_what_it_becomes(token: str, old: Props, new: Props, replaced: set[str]) -> None:
    plan = Provider(Context(Cloud())).diff(urn("it", token), token, old, {}, new)
    assert plan.difference.paths != {}
    assert plan.replaces == replaced
