"""What stays as long as something else uses it, whoever asks: refused to the engine and over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import (
    BALANCER,
    CERTIFICATE,
    EIP,
    GROUP,
    LISTENER,
    NAT,
    NOT_FOUND,
    SUBNET,
    TARGETS,
    VALIDATION,
    World,
)

ECS_CLUSTER, TASK, SERVICE = (
    "aws:ecs/cluster:Cluster",
    "aws:ecs/taskDefinition:TaskDefinition",
    "aws:ecs/service:Service",
)
CACHE, CACHE_SUBNETS, CACHE_SETTINGS = (
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:elasticache/subnetGroup:SubnetGroup",
    "aws:elasticache/parameterGroup:ParameterGroup",
)
WEB_ACL, IP_SET = "aws:wafv2/webAcl:WebAcl", "aws:wafv2/ipSet:IpSet"
MANIFEST = '{"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"}'
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "m", "sampledRequestsEnabled": True}


@pytest.fixture
def world() -> World:
    return World()


def stays(world: World, token: str, thing: Resource) -> str:
    """The code of AWS's refusal to remove it."""
    with pytest.raises(Refusal) as refused:
        world.remove(token, thing)
    return refused.value.code


def refused_over_http(world: World, service: str, call: str, **params: Any) -> str:
    """The code of the refusal that boto3 gets."""
    with pytest.raises(ClientError) as refused:
        getattr(world.ctx.client(service), call)(**params)
    return str(refused.value.response["Error"]["Code"])


def balancer(world: World) -> tuple[Resource, list[Resource]]:
    _, _, subnets = world.network()
    made = world.make(BALANCER, subnets=[subnet.identity for subnet in subnets])
    return made, subnets


def test_address_of_a_nat_gateway(world: World) -> None:
    _, _, (subnet, _) = world.network()
    address = world.make(EIP, domain="vpc")
    gateway = world.make(NAT, subnetId=subnet.identity, allocationId=address.identity)
    assert (
        refused_over_http(world, "ec2", "release_address", AllocationId=address.identity)
        == "InvalidIPAddress.InUse"
    )
    assert stays(world, EIP, address) == "InvalidIPAddress.InUse"
    world.remove(NAT, gateway)
    world.remove(EIP, address)


def test_route_table_and_acl_before_a_subnet(world: World) -> None:
    vpc, _, (subnet, _) = world.network()
    table = world.make("aws:ec2/routeTable:RouteTable", vpcId=vpc.identity)
    world.make(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        subnetId=subnet.identity,
        routeTableId=table.identity,
    )
    acl = world.make("aws:ec2/networkAcl:NetworkAcl", vpcId=vpc.identity, subnetIds=[subnet.identity])
    assert (
        refused_over_http(world, "ec2", "delete_route_table", RouteTableId=table.identity)
        == "DependencyViolation"
    )
    assert (
        refused_over_http(world, "ec2", "delete_network_acl", NetworkAclId=acl.identity)
        == "DependencyViolation"
    )


def test_target_group_behind_a_listener(world: World) -> None:
    made, (subnet, _) = balancer(world)
    targets = world.make(TARGETS, vpcId=subnet.outputs["vpcId"], protocol="HTTP", port=80, targetType="ip")
    action = [{"type": "forward", "targetGroupArn": targets.identity}]
    listener = world.make(LISTENER, loadBalancerArn=made.identity, port=80, defaultActions=action)
    assert stays(world, TARGETS, targets) == "ResourceInUse"
    world.remove(LISTENER, listener)
    world.remove(TARGETS, targets)


def test_certificate_of_a_listener(world: World) -> None:
    made, _ = balancer(world)
    zone = world.make("aws:route53/zone:Zone", name="example.com")
    certificate = world.make(CERTIFICATE, domainName="example.com", validationMethod="DNS")
    proof = certificate.outputs["domainValidationOptions"][0]
    world.make(
        "aws:route53/record:Record",
        zoneId=zone.identity,
        name=proof["resourceRecordName"],
        type="CNAME",
        ttl=60,
        records=[proof["resourceRecordValue"]],
    )
    world.make(VALIDATION, certificateArn=certificate.identity)
    listener = world.make(
        LISTENER,
        loadBalancerArn=made.identity,
        port=443,
        protocol="HTTPS",
        certificateArn=certificate.identity,
        defaultActions=NOT_FOUND,
    )
    assert stays(world, CERTIFICATE, certificate) == "ResourceInUseException"
    world.remove(LISTENER, listener)
    world.remove(CERTIFICATE, certificate)


def test_firewall_before_a_load_balancer_and_its_address_set(world: World) -> None:
    made, _ = balancer(world)
    offices = world.make(IP_SET, scope="REGIONAL", ipAddressVersion="IPV4", addresses=["192.0.2.0/24"])
    rule = {
        "name": "offices",
        "priority": 1,
        "action": {"allow": {}},
        "statement": {"ipSetReferenceStatement": {"arn": offices.outputs["arn"]}},
        "visibilityConfig": SEEN,
    }
    acl = world.make(
        WEB_ACL, scope="REGIONAL", defaultAction={"block": {}}, visibilityConfig=SEEN, rules=[rule]
    )
    binding = world.make(
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        resourceArn=made.identity,
        webAclArn=acl.outputs["arn"],
    )
    assert stays(world, WEB_ACL, acl) == "WAFAssociatedItemException"
    assert stays(world, IP_SET, offices) == "WAFAssociatedItemException"
    world.remove("aws:wafv2/webAclAssociation:WebAclAssociation", binding)
    world.remove(WEB_ACL, acl)
    world.remove(IP_SET, offices)


def test_groups_of_a_cache(world: World) -> None:
    _, _, subnets = world.network()
    group = world.make(CACHE_SUBNETS, name="cache", subnetIds=[subnet.identity for subnet in subnets])
    settings = world.make(CACHE_SETTINGS, name="redis7", family="redis7")
    clients = world.make(GROUP, vpcId=subnets[0].outputs["vpcId"])
    cache = world.make(
        CACHE,
        replicationGroupId="cache",
        description="Cache",
        engine="redis",
        engineVersion="7.1",
        nodeType="cache.t4g.micro",
        numCacheClusters=1,
        subnetGroupName="cache",
        parameterGroupName="redis7",
        securityGroupIds=[clients.identity],
    )
    assert stays(world, CACHE_SUBNETS, group) == "CacheSubnetGroupInUse"
    assert stays(world, CACHE_SETTINGS, settings) == "InvalidCacheParameterGroupState"
    assert stays(world, GROUP, clients) == "DependencyViolation"
    world.remove(CACHE, cache)
    for token, thing in ((CACHE_SUBNETS, group), (CACHE_SETTINGS, settings), (GROUP, clients)):
        world.remove(token, thing)


def test_cluster_and_network_of_a_service(world: World) -> None:
    _, _, subnets = world.network()
    clients = world.make(GROUP, vpcId=subnets[0].outputs["vpcId"])
    cluster = world.make(ECS_CLUSTER, name="app")
    task = world.make(
        TASK,
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions='[{"name": "app", "image": "nginx"}]',
    )
    service = world.make(
        SERVICE,
        name="web",
        cluster=cluster.identity,
        taskDefinition=task.outputs["arn"],
        launchType="FARGATE",
        desiredCount=1,
        networkConfiguration={"subnets": [subnets[0].identity], "securityGroups": [clients.identity]},
    )
    assert stays(world, ECS_CLUSTER, cluster) == "ClusterContainsServicesException"
    assert stays(world, GROUP, clients) == "DependencyViolation"
    assert stays(world, SUBNET, subnets[0]) == "DependencyViolation"
    world.remove(SERVICE, service)
    world.remove(GROUP, clients)
    world.remove(SUBNET, subnets[0])
    world.remove(ECS_CLUSTER, cluster)


def test_repository_with_an_image(world: World) -> None:
    repository = world.make("aws:ecr/repository:Repository", name="web")
    world.ctx.client("ecr").put_image(repositoryName="web", imageManifest=MANIFEST, imageTag="1")
    assert stays(world, "aws:ecr/repository:Repository", repository) == "RepositoryNotEmptyException"


def test_profile_with_a_role_over_http(world: World) -> None:
    trust = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": '
        '{"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
    )
    role = world.make("aws:iam/role:Role", name="web", assumeRolePolicy=trust)
    world.make("aws:iam/instanceProfile:InstanceProfile", name="web", role=role.outputs["name"])
    assert refused_over_http(world, "iam", "delete_role", RoleName="web") == "DeleteConflict"
    assert (
        refused_over_http(world, "iam", "delete_instance_profile", InstanceProfileName="web")
        == "DeleteConflict"
    )
