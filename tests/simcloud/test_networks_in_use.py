"""What EC2 keeps because something stands on it, and what goes with what, over the provider and over HTTP alike."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import EIP, GATEWAY, GROUP, NAT, SUBNET, VPC, World
from tests.simcloud.test_invokes import ask

HUB, SPOKE = (
    "aws:ec2transitgateway/transitGateway:TransitGateway",
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
)
HUB_TABLE = "aws:ec2transitgateway/routeTable:RouteTable"
ASSOCIATION = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation"
ENI, INSTANCE = "aws:ec2/networkInterface:NetworkInterface", "aws:ec2/instance:Instance"
VOLUME, IN = "aws:ebs/volume:Volume", "aws:ec2/volumeAttachment:VolumeAttachment"
TABLE, ROUTE = "aws:ec2/routeTable:RouteTable", "aws:ec2/route:Route"
PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"
LIST = "aws:ec2/managedPrefixList:ManagedPrefixList"
IMAGE = "ami-03c3da4cfa8e8943a"


@pytest.fixture
def world() -> World:
    return World()


def machine(world: World, subnet: Resource, **more: Any) -> Resource:
    """An instance in a subnet."""
    return world.make(INSTANCE, ami=IMAGE, instanceType="t3.micro", subnetId=subnet.identity, **more)


def spoke(world: World, hub: Resource, vpc: Resource, subnet: Resource, **more: Any) -> Resource:
    """An attachment with one subnet."""
    return world.make(
        SPOKE, transitGatewayId=hub.identity, vpcId=vpc.identity, subnetIds=[subnet.identity], **more
    )


def states(world: World, table: Resource) -> dict[str, str]:
    """Destination to state of the routes that somebody made."""
    found = world.ctx.client("ec2").describe_route_tables(RouteTableIds=[table.identity])["RouteTables"][0]
    return {
        route["DestinationCidrBlock"]: route["State"]
        for route in found["Routes"]
        if route.get("GatewayId") != "local"
    }


def test_hub_with_attachments_stays_and_so_does_their_subnet(world: World) -> None:
    vpc, _, subnets = world.network()
    hub = world.make(HUB)
    attachment = spoke(world, hub, vpc, subnets[0])
    with pytest.raises(Refusal, match=f"IncorrectState: {hub.identity} has non-deleted VPC Attachments"):
        world.remove(HUB, hub)
    with pytest.raises(Refusal, match="DependencyViolation: The subnet"):
        world.remove(SUBNET, subnets[0])
    for token, resource in ((SPOKE, attachment), (HUB, hub), (SUBNET, subnets[0])):
        world.remove(token, resource)


def test_default_tables_are_used_unless_the_program_says_no(world: World) -> None:
    vpc, _, subnets = world.network()
    hub = world.make(HUB)
    attachment = spoke(world, hub, vpc, subnets[0])
    table = world.make(HUB_TABLE, transitGatewayId=hub.identity)
    wanted = {"transitGatewayAttachmentId": attachment.identity, "transitGatewayRouteTableId": table.identity}
    with pytest.raises(Refusal, match="is already associated to a route table"):
        world.make(ASSOCIATION, **wanted)
    made = world.make(ASSOCIATION, **wanted, replaceExistingAssociation=True)
    with pytest.raises(Refusal, match="IncorrectState"):
        world.remove(HUB_TABLE, table)
    learnt = world.ctx.client("ec2").search_transit_gateway_routes(
        TransitGatewayRouteTableId=hub.outputs["propagationDefaultRouteTableId"],
        Filters=[{"Name": "type", "Values": ["propagated"]}],
    )["Routes"]
    assert [route["DestinationCidrBlock"] for route in learnt] == ["10.0.0.0/16"]
    world.remove(ASSOCIATION, made)
    world.remove(HUB_TABLE, table)


def test_hub_without_default_tables_has_none(world: World) -> None:
    off = {"defaultRouteTableAssociation": "disable", "defaultRouteTablePropagation": "disable"}
    hub = world.make(HUB, **off)
    assert hub.outputs["associationDefaultRouteTableId"] == ""
    assert world.ctx.client("ec2").describe_transit_gateway_route_tables()["TransitGatewayRouteTables"] == []


def test_routes_whose_target_is_gone_are_blackholes(world: World) -> None:
    vpc, _, subnets = world.network()
    other = world.make(VPC, cidrBlock="10.9.0.0/16")
    hub = world.make(HUB)
    attachment = spoke(world, hub, vpc, subnets[0])
    peering = world.make(PEERING, vpcId=vpc.identity, peerVpcId=other.identity)
    table = world.make(TABLE, vpcId=vpc.identity)
    to = {"routeTableId": table.identity}
    world.make(ROUTE, **to, destinationCidrBlock="10.8.0.0/16", transitGatewayId=hub.identity)
    world.make(ROUTE, **to, destinationCidrBlock="10.9.0.0/16", vpcPeeringConnectionId=peering.identity)
    assert states(world, table) == {"10.8.0.0/16": "active", "10.9.0.0/16": "blackhole"}
    world.ctx.client("ec2").accept_vpc_peering_connection(VpcPeeringConnectionId=peering.identity)
    assert states(world, table)["10.9.0.0/16"] == "active"
    world.remove(SPOKE, attachment)
    assert states(world, table)["10.8.0.0/16"] == "blackhole"


def test_peered_vpc_stays(world: World) -> None:
    one, other = (world.make(VPC, cidrBlock=f"10.{n}.0.0/16") for n in (1, 2))
    peering = world.make(PEERING, vpcId=one.identity, peerVpcId=other.identity, autoAccept=True)
    with pytest.raises(Refusal, match="VpcPeeringConnectionAlreadyExists"):
        world.make(PEERING, vpcId=other.identity, peerVpcId=one.identity)
    with pytest.raises(Refusal, match="DependencyViolation"):
        world.remove(VPC, other)
    world.remove(PEERING, peering)
    world.remove(VPC, other)


def test_machine_holds_its_subnet_group_and_disk_and_lets_go_of_all(world: World) -> None:
    vpc, _, subnets = world.network()
    group = world.make(GROUP, vpcId=vpc.identity)
    made = machine(world, subnets[0], vpcSecurityGroupIds=[group.identity])
    disk = world.make(VOLUME, availabilityZone="us-east-1a", size=10)
    attached = world.make(IN, deviceName="/dev/sdf", volumeId=disk.identity, instanceId=made.identity)
    for token, resource, code in (
        (SUBNET, subnets[0], "DependencyViolation"),
        (GROUP, group, "DependencyViolation"),
        (VOLUME, disk, "VolumeInUse"),
    ):
        with pytest.raises(Refusal, match=code):
            world.remove(token, resource)
    with pytest.raises(ClientError, match=r"InvalidNetworkInterface\.InUse"):
        world.ctx.client("ec2").delete_network_interface(
            NetworkInterfaceId=made.outputs["primaryNetworkInterfaceId"]
        )
    held = [(IN, attached), (INSTANCE, made), (VOLUME, disk), (GROUP, group), (SUBNET, subnets[0])]
    for token, resource in held:
        world.remove(token, resource)
    assert world.ctx.client("ec2").describe_volumes()["Volumes"] == []


def test_protected_machine_stays_unless_forced(world: World) -> None:
    _, _, subnets = world.network()
    kept = machine(world, subnets[0], disableApiTermination=True)
    forced = machine(world, subnets[0], disableApiTermination=True, forceDestroy=True)
    with pytest.raises(Refusal, match="OperationNotPermitted"):
        world.remove(INSTANCE, kept)
    with pytest.raises(ClientError, match="OperationNotPermitted"):
        world.ctx.client("ec2").terminate_instances(InstanceIds=[kept.identity])
    world.remove(INSTANCE, forced)


def test_regional_nat_gateway_has_an_address_in_every_zone_and_a_table_of_its_own(world: World) -> None:
    vpc, gateway, subnets = world.network()
    nat = world.make(NAT, vpcId=vpc.identity, availabilityMode="regional")
    addresses = nat.outputs["regionalNatGatewayAddresses"]
    assert [address["availabilityZone"] for address in addresses] == ["us-east-1a", "us-east-1b"]
    assert len({address["publicIp"] for address in addresses}) == 2
    ec2 = world.ctx.client("ec2")
    table = {"RouteTableIds": [nat.outputs["routeTableId"]]}
    [out] = [
        route["GatewayId"]
        for route in ec2.describe_route_tables(**table)["RouteTables"][0]["Routes"]
        if route["DestinationCidrBlock"] == "0.0.0.0/0"
    ]
    assert out == gateway.identity
    found = ask(world.ctx, "aws:ec2/getNatGateway:getNatGateway", {"id": nat.identity})
    assert (found["availabilityMode"], found["subnetId"]) == ("regional", "")
    assert found["regionalNatGatewayAddresses"] == addresses
    with pytest.raises(Refusal, match="has some mapped public address"):
        world.remove(GATEWAY, gateway)
    for token, resource in [(NAT, nat), *((SUBNET, s) for s in subnets), (GATEWAY, gateway), (VPC, vpc)]:
        world.remove(token, resource)
    with pytest.raises(ClientError, match=r"InvalidRouteTableID\.NotFound"):
        ec2.describe_route_tables(**table)


def test_address_of_a_regional_nat_gateway_stays_until_it_is_taken_away(world: World) -> None:
    vpc, _, _ = world.network()
    eip = world.make(EIP, domain="vpc")
    told = [{"availabilityZoneId": "use1-az6", "allocationIds": [eip.identity]}]
    nat = world.make(NAT, vpcId=vpc.identity, availabilityMode="regional", availabilityZoneAddresses=told)
    assert [item["publicIp"] for item in nat.outputs["regionalNatGatewayAddresses"]] == [
        eip.outputs["publicIp"]
    ]
    with pytest.raises(Refusal, match=r"InvalidIPAddress\.InUse"):
        world.remove(EIP, eip)
    world.remove(NAT, nat)
    world.remove(EIP, eip)


def test_machine_that_relays_says_so_itself_and_so_does_its_interface(world: World) -> None:
    _, _, subnets = world.network()
    machine(world, subnets[0], sourceDestCheck=False)
    [found] = world.ctx.client("ec2").describe_instances()["Reservations"][0]["Instances"]
    assert (found["SourceDestCheck"], found["NetworkInterfaces"][0]["SourceDestCheck"]) == (False, False)


def test_interface_of_ones_own_survives_its_machine(world: World) -> None:
    _, _, subnets = world.network()
    eni = world.make(ENI, subnetId=subnets[0].identity)
    interface = [{"networkInterfaceId": eni.identity, "deviceIndex": 0}]
    made = world.make(INSTANCE, ami=IMAGE, instanceType="t3.micro", networkInterfaces=interface)
    assert made.outputs["privateIp"] == eni.outputs["privateIp"]
    world.remove(INSTANCE, made)
    found = world.ctx.client("ec2").describe_network_interfaces(NetworkInterfaceIds=[eni.identity])
    assert found["NetworkInterfaces"][0]["Status"] == "available"
    world.remove(ENI, eni)
    world.remove(SUBNET, subnets[0])


def test_address_of_a_terminated_machine_is_free(world: World) -> None:
    _, gateway, subnets = world.network()
    made = machine(world, subnets[0])
    eip = world.make(EIP, domain="vpc")
    world.make("aws:ec2/eipAssociation:EipAssociation", allocationId=eip.identity, instanceId=made.identity)
    with pytest.raises(Refusal, match=r"InvalidIPAddress\.InUse"):
        world.remove(EIP, eip)
    world.remove(INSTANCE, made)
    world.remove(EIP, eip)
    world.remove(GATEWAY, gateway)


def test_prefix_list_in_a_rule_stays(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    listed = world.make(LIST, addressFamily="IPv4", maxEntries=2, entries=[{"cidr": "192.0.2.0/24"}])
    rule = {"protocol": "tcp", "fromPort": 22, "toPort": 22, "prefixListIds": [listed.identity]}
    group = world.make(GROUP, vpcId=vpc.identity, ingress=[rule])
    with pytest.raises(Refusal, match=f"referenced by {group.identity}"):
        world.remove(LIST, listed)
    world.remove(GROUP, group)
    world.remove(LIST, listed)


def test_dhcp_options_stay_while_any_vpc_uses_them(world: World) -> None:
    token = "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation"
    options = world.make("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", domainName="corp.example.com")
    vpcs = [world.make(VPC, cidrBlock=f"10.{n}.0.0/16") for n in (1, 2)]
    uses = [world.make(token, vpcId=vpc.identity, dhcpOptionsId=options.identity) for vpc in vpcs]
    world.remove(token, uses[1])
    with pytest.raises(Refusal, match="DependencyViolation"):
        world.remove("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", options)
    world.remove(VPC, vpcs[0])
    world.remove("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", options)


def test_range_with_a_subnet_stays(world: World) -> None:
    token = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    further = world.make(token, vpcId=vpc.identity, cidrBlock="10.1.0.0/16")
    subnet = world.make(SUBNET, vpcId=vpc.identity, cidrBlock="10.1.1.0/24")
    with pytest.raises(Refusal, match="has subnets"):
        world.remove(token, further)
    world.remove(SUBNET, subnet)
    world.remove(token, further)


def test_subnet_takes_ipv6_and_gives_it_back(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16", assignGeneratedIpv6CidrBlock=True)
    first = vpc.outputs["ipv6CidrBlock"].replace("::/56", "::/64")
    subnet = world.make(SUBNET, vpcId=vpc.identity, cidrBlock="10.0.1.0/24", ipv6CidrBlock=first)
    assert subnet.outputs["ipv6CidrBlock"] == first
    with pytest.raises(Refusal, match=r"InvalidSubnet\.Conflict"):
        world.make(SUBNET, vpcId=vpc.identity, cidrBlock="10.0.2.0/24", ipv6CidrBlock=first)
    new = {**subnet.inputs}
    del new["ipv6CidrBlock"]
    urn = f"urn:pulumi:test::plinth::{SUBNET}::it"
    outputs = world.provider.update(urn, SUBNET, subnet.identity, subnet.inputs, new, subnet.outputs)
    assert outputs["ipv6CidrBlock"] == ""


def test_group_of_machines_is_emptied_before_it_goes(world: World) -> None:
    _, _, subnets = world.network()
    template = world.make("aws:ec2/launchTemplate:LaunchTemplate", imageId=IMAGE, instanceType="t3.micro")
    token = "aws:autoscaling/group:Group"
    group = world.make(
        token,
        minSize=2,
        maxSize=4,
        vpcZoneIdentifiers=[subnet.identity for subnet in subnets],
        launchTemplate={"id": template.identity},
    )
    client = world.ctx.client("autoscaling")
    (found,) = client.describe_auto_scaling_groups()["AutoScalingGroups"]
    assert sorted(item["AvailabilityZone"] for item in found["Instances"]) == ["us-east-1a", "us-east-1b"]
    with pytest.raises(ClientError, match="ResourceInUse"):
        client.delete_auto_scaling_group(AutoScalingGroupName=group.identity)
    world.remove(token, group)
    for subnet in subnets:
        world.remove(SUBNET, subnet)
