"""Look-ups of networks and machines."""

from __future__ import annotations

import pytest

from simcloud.refusal import Refusal
from simcloud.values import Props
from tests.simcloud.test_in_use import World
from tests.simcloud.test_invokes import ask


def named(module: str, name: str) -> str:
    """The token of a look-up."""
    return f"aws:{module}/{name}:{name}"


def image(world: World, pattern: str, owner: str = "amazon") -> Props:
    filters = [{"name": "name", "values": [pattern]}]
    return ask(
        world.ctx,
        named("ec2", "getAmi"),
        {"owners": [owner], "mostRecent": True, "filters": filters},
    )


@pytest.mark.parametrize(
    ("pattern", "owner", "architecture", "root"),
    [
        ("al2023-ami-2023.*-x86_64", "amazon", "x86_64", "/dev/xvda"),
        ("al2023-ami-2023.*-arm64", "amazon", "arm64", "/dev/xvda"),
        ("ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*", "099720109477", "x86_64", "/dev/sda1"),
        ("ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-*", "099720109477", "arm64", "/dev/sda1"),
        ("debian-12-amd64-*", "136693071363", "x86_64", "/dev/xvda"),
        ("Windows_Server-2022-English-Full-Base-*", "amazon", "x86_64", "/dev/sda1"),
    ],
)
def test_images_that_programs_ask_for(pattern: str, owner: str, architecture: str, root: str) -> None:
    found = image(World(), pattern, owner)
    assert (found["architecture"], found["rootDeviceName"]) == (architecture, root)


@pytest.mark.parametrize(
    "name",
    [
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
        "/aws/service/debian/release/12/latest/arm64",
    ],
)
def test_public_parameters_name_images_that_are_there(name: str) -> None:
    world = World()
    identity = ask(world.ctx, named("ssm", "getParameter"), {"name": name})["value"]
    found = world.ctx.client("ec2").describe_images(ImageIds=[identity])["Images"]
    assert [item["ImageId"] for item in found] == [identity]


def test_ids_of_images_are_newest_first() -> None:
    world = World()
    filters = [{"name": "name", "values": ["amzn2-ami-hvm-*-x86_64-*"]}]
    args = {"owners": ["amazon"], "filters": filters}
    newest = ask(world.ctx, named("ec2", "getAmiIds"), args)["ids"]
    oldest = ask(world.ctx, named("ec2", "getAmiIds"), {**args, "sortAscending": True})["ids"]
    assert len(newest) > 1
    assert newest == oldest[::-1]


def test_network_by_tags() -> None:
    world = World()
    vpc = world.make("aws:ec2/vpc:Vpc", cidrBlock="10.0.0.0/16", tags={"Name": "main"})
    gateway = world.make("aws:ec2/internetGateway:InternetGateway", vpcId=vpc.identity)
    subnet = world.make("aws:ec2/subnet:Subnet", vpcId=vpc.identity, cidrBlock="10.0.1.0/24")
    table = world.make(
        "aws:ec2/routeTable:RouteTable",
        vpcId=vpc.identity,
        routes=[{"cidrBlock": "0.0.0.0/0", "gatewayId": gateway.identity}],
        tags={"Tier": "public"},
    )
    world.make(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        subnetId=subnet.identity,
        routeTableId=table.identity,
    )
    assert ask(world.ctx, named("ec2", "getVpcs"), {"tags": {"Name": "main"}})["ids"] == [vpc.identity]
    tables = ask(world.ctx, named("ec2", "getRouteTables"), {"vpcId": vpc.identity})["ids"]
    assert set(tables) == {table.identity, vpc.outputs["mainRouteTableId"]}
    of_subnet = ask(world.ctx, named("ec2", "getRouteTable"), {"subnetId": subnet.identity})
    assert (of_subnet["id"], of_subnet["routes"][0]["gatewayId"]) == (table.identity, gateway.identity)
    attached = [{"name": "attachment.vpc-id", "values": [vpc.identity]}]
    found = ask(world.ctx, named("ec2", "getInternetGateway"), {"filters": attached})
    assert (found["id"], found["attachments"][0]["vpcId"]) == (gateway.identity, vpc.identity)
    groups = ask(
        world.ctx,
        named("ec2", "getSecurityGroups"),
        {"filters": [{"name": "vpc-id", "values": [vpc.identity]}]},
    )
    assert groups["ids"] == [vpc.outputs["defaultSecurityGroupId"]]


def test_nat_gateways_and_addresses() -> None:
    world = World()
    vpc, _, subnets = world.network()
    eip = world.make("aws:ec2/eip:Eip", domain="vpc", tags={"Name": "nat"})
    nat = world.make("aws:ec2/natGateway:NatGateway", subnetId=subnets[0].identity, allocationId=eip.identity)
    found = ask(world.ctx, named("ec2", "getNatGateway"), {"subnetId": subnets[0].identity})
    assert (found["id"], found["publicIp"]) == (nat.identity, eip.outputs["publicIp"])
    assert ask(world.ctx, named("ec2", "getNatGateways"), {"vpcId": vpc.identity})["ids"] == [nat.identity]
    assert ask(world.ctx, named("ec2", "getEips"), {"tags": {"Name": "nat"}})["allocationIds"] == [
        eip.identity
    ]


def test_machines_keys_and_templates() -> None:
    world = World()
    _, _, subnets = world.network()
    key = world.make(
        "aws:ec2/keyPair:KeyPair",
        keyName="ops",
        publicKey="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINTqbf8wTe0DZxOlJfQrlNg0mWRr4TXLmyGxMqLTdGbM",
    )
    ami = image(world, "al2023-ami-2023.*-x86_64")["id"]
    machine = world.make(
        "aws:ec2/instance:Instance",
        ami=ami,
        instanceType="t3.micro",
        subnetId=subnets[0].identity,
        keyName="ops",
        tags={"Name": "bastion"},
    )
    found = ask(world.ctx, named("ec2", "getInstance"), {"instanceTags": {"Name": "bastion"}})
    assert (found["id"], found["privateIp"]) == (machine.identity, machine.outputs["privateIp"])
    listed = ask(
        world.ctx,
        named("ec2", "getInstances"),
        {"instanceTags": {"Name": "bastion"}, "instanceStateNames": ["pending", "running"]},
    )
    assert listed["ids"] == [machine.identity]
    pair = ask(world.ctx, named("ec2", "getKeyPair"), {"keyName": "ops"})
    assert (pair["keyPairId"], pair["publicKey"]) == (key.outputs["keyPairId"], "")
    template = world.make(
        "aws:ec2/launchTemplate:LaunchTemplate", name="workers", imageId=ami, monitoring={"enabled": True}
    )
    read = ask(world.ctx, named("ec2", "getLaunchTemplate"), {"name": "workers"})
    assert (read["id"], read["imageId"], read["monitorings"]) == (template.identity, ami, [{"enabled": True}])
    with pytest.raises(Refusal, match="no matching EC2 Launch Template found"):
        ask(world.ctx, named("ec2", "getLaunchTemplate"), {"name": "nobody"})


def test_hubs_and_peerings() -> None:
    world = World()
    vpc, _, subnets = world.network()
    other = world.make("aws:ec2/vpc:Vpc", cidrBlock="10.1.0.0/16")
    hub = world.make(
        "aws:ec2transitgateway/transitGateway:TransitGateway", amazonSideAsn=64600, tags={"Name": "hub"}
    )
    spoke = world.make(
        "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
        transitGatewayId=hub.identity,
        vpcId=vpc.identity,
        subnetIds=[subnets[0].identity],
    )
    by_asn = {"filters": [{"name": "options.amazon-side-asn", "values": ["64600"]}]}
    for args in ({"id": hub.identity}, {"tags": {"Name": "hub"}}, by_asn):
        found = ask(world.ctx, named("ec2transitgateway", "getTransitGateway"), args)
        assert (found["id"], found["amazonSideAsn"]) == (hub.identity, 64600)
    default = {"filters": [{"name": "transit-gateway-id", "values": [hub.identity]}]}
    table = ask(world.ctx, named("ec2transitgateway", "getRouteTable"), default)
    assert table["id"] == hub.outputs["associationDefaultRouteTableId"]
    of_vpc = {"filters": [{"name": "vpc-id", "values": [vpc.identity]}]}
    attached = ask(world.ctx, named("ec2transitgateway", "getVpcAttachment"), of_vpc)
    assert (attached["id"], attached["transitGatewayId"]) == (spoke.identity, hub.identity)
    peering = world.make(
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        vpcId=vpc.identity,
        peerVpcId=other.identity,
        autoAccept=True,
    )
    seen = ask(world.ctx, named("ec2", "getVpcPeeringConnection"), {"peerVpcId": other.identity})
    assert (seen["id"], seen["status"], seen["peerCidrBlock"]) == (peering.identity, "active", "10.1.0.0/16")
