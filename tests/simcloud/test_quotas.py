"""Quotas: AWS's defaults hold, name themselves when they refuse, and can be raised in the home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import daemon
from simcloud.provider import Resource
from simcloud.quota_table import QUOTAS
from simcloud.quotas import LIMITS
from simcloud.refusal import Refusal
from simcloud.registry import tokens
from tests.simcloud.test_in_use import (
    BALANCER,
    EIP,
    GATEWAY,
    GROUP,
    LISTENER,
    NAT,
    NOT_FOUND,
    SUBNET,
    VPC,
    World,
)

ROLE, ATTACHMENT = "aws:iam/role:Role", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
POLICY, ZONE = "aws:iam/policy:Policy", "aws:route53/zone:Zone"
TOPIC, ALARM = "aws:sns/topic:Topic", "aws:cloudwatch/metricAlarm:MetricAlarm"
DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def quotas(tmp_path: Path) -> Iterator[Path]:
    LIMITS.file = tmp_path / "quotas.yaml"
    yield LIMITS.file
    LIMITS.file = None


def vpcs(world: World, number: int) -> list[Resource]:
    return [world.make(VPC, cidrBlock=f"10.{n}.0.0/16") for n in range(number)]


def test_every_quota_is_of_types_that_there_are() -> None:
    assert {token for quota in QUOTAS for token in quota.tokens} - set(tokens()) == set()
    names = [quota.name for quota in QUOTAS]
    assert len(names) == len(set(names))


def test_five_vpcs_and_not_a_sixth(world: World) -> None:
    vpcs(world, 5)
    with pytest.raises(Refusal) as refused:
        world.make(VPC, cidrBlock="10.9.0.0/16")
    assert str(refused.value) == (
        "VpcLimitExceeded: VPCs per region: 5 allowed, this would make 6 (quota vpc.vpcs-per-region). "
        "Fix: remove some, or ask AWS for more and write `vpc.vpcs-per-region: 6` into "
        "<home of the simulated cloud>/quotas.yaml."
    )


def test_what_goes_makes_room(world: World) -> None:
    world.remove(VPC, vpcs(world, 5)[0])
    world.make(VPC, cidrBlock="10.9.0.0/16")


def test_each_region_has_its_own(world: World) -> None:
    vpcs(world, 5)
    world.make(VPC, cidrBlock="10.9.0.0/16", region="eu-west-1")


def test_what_was_made_over_http_counts(world: World) -> None:
    for n in range(5):
        world.ctx.client("ec2").create_vpc(CidrBlock=f"10.{n}.0.0/16")
    with pytest.raises(Refusal, match="VpcLimitExceeded"):
        vpcs(world, 1)


def test_the_file_raises_at_once(world: World, quotas: Path) -> None:
    vpcs(world, 5)
    with pytest.raises(Refusal, match=f"write `vpc.vpcs-per-region: 6` into {quotas}"):
        vpcs(world, 1)
    quotas.write_text("vpc.vpcs-per-region: 7\n")
    vpcs(world, 2)
    with pytest.raises(Refusal, match="7 allowed, this would make 8"):
        vpcs(world, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("vpc.vpcs: 9", "there is no quota 'vpc.vpcs'; known: acm.certificates-per-region, "),
        ("vpc.vpcs-per-region: many", "vpc.vpcs-per-region is 'many', expected a whole number."),
        ("- vpc", "must map names of quotas to whole numbers."),
        ("{", "cannot be read: "),
    ],
)
def test_a_file_that_cannot_be_understood_is_told(world: World, quotas: Path, text: str, says: str) -> None:
    quotas.write_text(text)
    with pytest.raises(Refusal) as refused:
        vpcs(world, 1)
    assert refused.value.code == "InvalidQuotas"
    assert says in refused.value.message


def test_five_vpcs_with_three_zones_fit(world: World) -> None:
    for n, vpc in enumerate(vpcs(world, 5)):
        world.make(GATEWAY, vpcId=vpc.identity)
        for zone in "abc":
            cidr = f"10.{n}.{ord(zone)}.0/24"
            subnet = world.make(
                SUBNET, vpcId=vpc.identity, cidrBlock=cidr, availabilityZone=f"us-east-1{zone}"
            )
            address = world.make(EIP, domain="vpc")
            world.make(NAT, subnetId=subnet.identity, allocationId=address.identity)
    with pytest.raises(Refusal, match="AddressLimitExceeded: Elastic IP addresses per region: 15 allowed"):
        world.make(EIP, domain="vpc")
    with pytest.raises(Refusal, match="InternetGatewayLimitExceeded"):
        world.make(GATEWAY)


def test_nat_gateways_are_counted_by_zone(world: World, quotas: Path) -> None:
    quotas.write_text("vpc.nat-gateways-per-zone: 1\n")
    _, _, (a, b) = world.network()
    first = world.make(NAT, subnetId=a.identity, connectivityType="private")
    world.make(NAT, subnetId=b.identity, connectivityType="private")
    with pytest.raises(Refusal) as refused:
        world.make(NAT, subnetId=a.identity, connectivityType="private")
    assert (refused.value.code, refused.value.path) == ("NatGatewayLimitExceeded", "subnetId")
    world.remove(NAT, first)
    world.make(NAT, subnetId=a.identity, connectivityType="private")


def within(world: World, quotas: Path, quota: str, token: str, *made: dict[str, Any]) -> Refusal:
    """The refusal of the last of `made`, with a quota that all others fill."""
    quotas.write_text(f"{quota}: {len(made) - 1}\n")
    for props in made[:-1]:
        world.make(token, **props)
    with pytest.raises(Refusal) as refused:
        world.make(token, **made[-1])
    return refused.value


def test_quotas_within_a_vpc(world: World, quotas: Path) -> None:
    vpc, _, _ = world.network()
    inside = {"vpcId": vpc.identity}
    subnets = [{**inside, "cidrBlock": f"10.0.{n}.0/24"} for n in (10, 11)]
    quotas.write_text("vpc.subnets-per-vpc: 3\n")
    world.make(SUBNET, **subnets[0])
    with pytest.raises(Refusal, match="SubnetLimitExceeded: subnets per VPC: 3 allowed"):
        world.make(SUBNET, **subnets[1])
    tables = within(
        world, quotas, "vpc.route-tables-per-vpc", "aws:ec2/routeTable:RouteTable", inside, inside
    )
    assert (tables.code, tables.path) == ("RouteTableLimitExceeded", "vpcId")
    quotas.write_text("vpc.security-groups-per-region: 4\n")
    group = "aws:ec2/securityGroup:SecurityGroup"
    held = len(world.ctx.client("ec2").describe_security_groups()["SecurityGroups"])
    for _ in range(held, 4):
        world.make(group, **inside)
    with pytest.raises(Refusal, match="SecurityGroupLimitExceeded"):
        world.make(group, **inside)


def test_routes_of_a_table(world: World, quotas: Path) -> None:
    vpc, gateway, _ = world.network()
    table = world.make("aws:ec2/routeTable:RouteTable", vpcId=vpc.identity)
    routes = [
        {
            "routeTableId": table.identity,
            "gatewayId": gateway.identity,
            "destinationCidrBlock": f"10.{n}.0.0/16",
        }
        for n in (7, 8)
    ]
    refused = within(world, quotas, "vpc.routes-per-table", "aws:ec2/route:Route", *routes)
    assert (refused.code, refused.path) == ("RouteLimitExceeded", "routeTableId")


def test_policies_of_a_role(world: World, quotas: Path) -> None:
    trust = DOCUMENT.replace('"Resource":"*"', '"Principal":{"Service":"ecs-tasks.amazonaws.com"}').replace(
        "s3:*", "sts:AssumeRole"
    )
    role = world.make(ROLE, assumeRolePolicy=trust)
    attached = [
        {"role": role.outputs["name"], "policyArn": f"arn:aws:iam::aws:policy/{name}"}
        for name in ("ReadOnlyAccess", "SecurityAudit")
    ]
    refused = within(world, quotas, "iam.managed-policies-per-role", ATTACHMENT, *attached)
    assert (refused.code, refused.path) == ("LimitExceeded", "policyArn")
    world.make(ATTACHMENT, **attached[0])


def test_quotas_of_an_account(world: World, quotas: Path) -> None:
    policies = [{"policy": DOCUMENT}, {"policy": DOCUMENT}]
    assert within(world, quotas, "iam.policies", POLICY, *policies).code == "LimitExceeded"
    zones = [{"name": "a.example.com"}, {"name": "b.example.com"}]
    assert within(world, quotas, "route53.hosted-zones", ZONE, *zones).code == "TooManyHostedZones"
    assert within(world, quotas, "sns.topics-per-region", TOPIC, {}, {}).code == "TopicLimitExceeded"


def test_every_quota_can_count(world: World) -> None:
    whatever = {"vpcId": "", "routeTableId": "", "listenerArn": "", "vpcEndpointType": "Gateway"}
    used = {quota.name: quota.used(world.ctx, whatever) for quota in QUOTAS}
    assert {name: number for name, number in used.items() if number not in (0, 1)} == {
        "vpc.security-groups-per-region": 2,
    }


def test_quotas_of_a_load_balancer(world: World, quotas: Path) -> None:
    _, _, subnets = world.network()
    groups = [world.make(GROUP, vpcId=subnets[0].outputs["vpcId"]).identity for _ in range(6)]
    with pytest.raises(Refusal) as refused:
        world.make(BALANCER, subnets=[subnet.identity for subnet in subnets], securityGroups=groups)
    assert (refused.value.code, refused.value.path) == (
        "SecurityGroupsPerInterfaceLimitExceeded",
        "securityGroups",
    )
    balancer = world.make(BALANCER, subnets=[subnet.identity for subnet in subnets])
    listeners = [
        {"loadBalancerArn": balancer.identity, "port": port, "defaultActions": NOT_FOUND} for port in (80, 81)
    ]
    limit = within(world, quotas, "elb.listeners-per-load-balancer", LISTENER, *listeners)
    assert (limit.code, limit.path) == ("TooManyListeners", "loadBalancerArn")
    listener = world.ctx.client("elbv2").describe_listeners(LoadBalancerArn=balancer.identity)["Listeners"][0]
    rules = [
        {
            "listenerArn": listener["ListenerArn"],
            "priority": priority,
            "actions": NOT_FOUND,
            "conditions": [{"pathPattern": {"values": ["/a"]}}],
        }
        for priority in (1, 2)
    ]
    limit = within(world, quotas, "elb.rules-per-load-balancer", "aws:lb/listenerRule:ListenerRule", *rules)
    assert (limit.code, limit.path) == ("TooManyRules", "listenerArn")


def test_rules_of_a_group(world: World, quotas: Path) -> None:
    vpc, _, _ = world.network()
    group = world.make(GROUP, vpcId=vpc.identity)
    rules = [
        {
            "securityGroupId": group.identity,
            "ipProtocol": "tcp",
            "fromPort": n,
            "toPort": n,
            "cidrIpv4": "10.0.0.0/8",
        }
        for n in (1, 2, 3)
    ]
    rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    refused = within(world, quotas, "vpc.rules-per-security-group", rule, *rules)
    assert (refused.code, refused.path) == ("RulesPerSecurityGroupLimitExceeded", "securityGroupId")


def document_of(size: int) -> str:
    """A policy of about as many characters."""
    names = ",".join(f'"arn:aws:s3:::bucket-{n:04}/*"' for n in range(size // 29))
    return (
        f'{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"s3:*","Resource":[{names}]}}]}}'
    )


@pytest.mark.parametrize(
    ("token", "props"),
    [
        (POLICY, {"policy": document_of(6300)}),
        ("aws:iam/rolePolicy:RolePolicy", {"role": "web", "policy": document_of(10_500)}),
        (TOPIC, {"tags": {f"t{n}": "x" for n in range(51)}}),
        (TOPIC, {"tags": {"k" * 129: "x"}}),
        (TOPIC, {"tags": {"k": "x" * 257}}),
    ],
)
def test_what_is_too_large(world: World, token: str, props: dict[str, Any]) -> None:
    failures = world.provider.check(f"urn:pulumi:test::plinth::{token}::big", token, {}, props).failures
    assert [failure.path for failure in failures] == ["policy" if "policy" in props else "tags"]


def test_the_process_reads_the_file_of_its_home(tmp_path: Path) -> None:
    (tmp_path / "quotas.yaml").write_text("vpc.rules-per-security-group: 1\n")
    running = daemon.start(tmp_path)
    try:
        session: Any = boto3.Session(
            aws_access_key_id="simulated", aws_secret_access_key="simulated", region_name="us-east-1"
        )
        ec2 = session.client("ec2", endpoint_url=running.http_url)
        group = ec2.create_security_group(GroupName="web", Description="web")["GroupId"]
        ports = [
            {"IpProtocol": "tcp", "FromPort": n, "ToPort": n, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
            for n in (1, 2)
        ]
        with pytest.raises(ClientError, match="RulesPerSecurityGroupLimitExceeded"):
            ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=ports)
    finally:
        daemon.stop(tmp_path)
