"""What is imported by the id that the real provider's documentation asks for gets the id that it had."""

from __future__ import annotations

import pytest

from tests.simcloud.test_in_use import EIP, NAT, World

ROUTE, TABLE = "aws:ec2/route:Route", "aws:ec2/routeTable:RouteTable"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
ACL, ACL_RULE = "aws:ec2/networkAcl:NetworkAcl", "aws:ec2/networkAclRule:NetworkAclRule"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ENDPOINT_TABLE = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
ZONE, RECORD = "aws:route53/zone:Zone", "aws:route53/record:Record"


@pytest.fixture
def world() -> World:
    return World()


def imported(world: World, token: str, identity: str) -> str:
    found = world.provider.read(f"urn:pulumi:test::plinth::{token}::it", token, identity, {}, {})
    assert found is not None, identity
    return found.identity


def test_route_and_association(world: World) -> None:
    vpc, _, subnets = world.network()
    eip = world.make(EIP, domain="vpc")
    nat = world.make(NAT, subnetId=subnets[0].identity, allocationId=eip.identity)
    table = world.make(TABLE, vpcId=vpc.identity)
    route = world.make(
        ROUTE, routeTableId=table.identity, destinationCidrBlock="0.0.0.0/0", natGatewayId=nat.identity
    )
    assert imported(world, ROUTE, f"{table.identity}_0.0.0.0/0") == route.identity
    association = world.make(ASSOCIATION, routeTableId=table.identity, subnetId=subnets[1].identity)
    assert imported(world, ASSOCIATION, f"{subnets[1].identity}/{table.identity}") == association.identity


def test_rule_of_a_network_acl(world: World) -> None:
    vpc, _, _ = world.network()
    acl = world.make(ACL, vpcId=vpc.identity)
    rule = world.make(
        ACL_RULE,
        networkAclId=acl.identity,
        ruleNumber=100,
        protocol="tcp",
        ruleAction="allow",
        cidrBlock="10.0.0.0/8",
        fromPort=80,
        toPort=80,
    )
    assert imported(world, ACL_RULE, f"{acl.identity}:100:tcp:false") == rule.identity


def test_route_table_of_an_endpoint(world: World) -> None:
    vpc, _, _ = world.network()
    table = world.make(TABLE, vpcId=vpc.identity)
    endpoint = world.make(ENDPOINT, vpcId=vpc.identity, serviceName="com.amazonaws.us-east-1.s3")
    made = world.make(ENDPOINT_TABLE, vpcEndpointId=endpoint.identity, routeTableId=table.identity)
    assert imported(world, ENDPOINT_TABLE, f"{endpoint.identity}/{table.identity}") == made.identity


def test_record(world: World) -> None:
    zone = world.make(ZONE, name="example.com")
    record = world.make(
        RECORD, zoneId=zone.identity, name="_proof.www", type="TXT", ttl=60, records=["proof"]
    )
    assert imported(world, RECORD, f"{zone.identity}__proof.www.example.com_TXT")
    assert record.identity == f"{zone.identity}__proof.www_TXT"
