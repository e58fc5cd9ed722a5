"""Hub and spoke: the hub has the NAT gateway and the internet; spokes reach it, and each other, through the hub."""

import pulumi
import pulumi_aws as aws
from vpcs import FlowLogRole, Vpc

config = pulumi.Config()
supernet = config.require("supernet")
hub_config = config.require_object("hub")
spoke_configs = config.require_object("spokes")
peer_config = config.get_object("peer")

zones = aws.get_availability_zones(
    state="available", filters=[{"name": "opt-in-status", "values": ["opt-in-not-required"]}]
).names[: hub_config["zones"]]
flow_log_role = FlowLogRole("flow-logs").role

tgw = aws.ec2transitgateway.TransitGateway(
    "tgw",
    description="Shared network",
    default_route_table_association="disable",
    default_route_table_propagation="disable",
    dns_support="enable",
    tags={"Name": "shared-network"},
)
tables = {
    name: aws.ec2transitgateway.RouteTable(
        f"{name}-rt", transit_gateway_id=tgw.id, tags={"Name": name}, opts=pulumi.ResourceOptions(parent=tgw)
    )
    for name in ("hub", "spokes")
}


def attach(vpc, table):
    """Attach the `tgw` subnets of a VPC, and let `table` decide where its packets go."""
    attachment = aws.ec2transitgateway.VpcAttachment(
        vpc.name,
        transit_gateway_id=tgw.id,
        vpc_id=vpc.vpc.id,
        subnet_ids=[subnet.id for subnet in vpc.subnets["tgw"]],
        transit_gateway_default_route_table_association=False,
        transit_gateway_default_route_table_propagation=False,
        tags={"Name": vpc.name},
        opts=pulumi.ResourceOptions(parent=vpc, delete_before_replace=True),
    )
    aws.ec2transitgateway.RouteTableAssociation(
        vpc.name,
        transit_gateway_attachment_id=attachment.id,
        transit_gateway_route_table_id=table.id,
        opts=pulumi.ResourceOptions(parent=attachment),
    )
    return attachment


# The hub: internet gateway, one NAT gateway for everybody.
hub = Vpc("hub", hub_config["cidr"], zones, {"public": 24, "tgw": 28}, flow_log_role)
internet = aws.ec2.InternetGateway("hub", vpc_id=hub.vpc.id, opts=pulumi.ResourceOptions(parent=hub))
eip = aws.ec2.Eip(
    "nat", domain="vpc", opts=pulumi.ResourceOptions(parent=hub, depends_on=[internet], protect=False)
)
nat = aws.ec2.NatGateway(
    "nat",
    allocation_id=eip.id,
    subnet_id=hub.subnets["public"][0].id,
    opts=pulumi.ResourceOptions(parent=hub, depends_on=[internet]),
)
hub_attachment = attach(hub, tables["hub"])
aws.ec2.Route(
    "hub-out",
    route_table_id=hub.route_tables["public"].id,
    destination_cidr_block="0.0.0.0/0",
    gateway_id=internet.id,
)
aws.ec2.Route(
    "hub-to-nat",
    route_table_id=hub.route_tables["tgw"].id,
    destination_cidr_block="0.0.0.0/0",
    nat_gateway_id=nat.id,
)
aws.ec2.Route(
    "hub-back",
    route_table_id=hub.route_tables["public"].id,
    destination_cidr_block=supernet,
    transit_gateway_id=tgw.id,
    opts=pulumi.ResourceOptions(depends_on=[hub_attachment]),
)
aws.ec2transitgateway.Route(
    "spokes-out",
    destination_cidr_block="0.0.0.0/0",
    transit_gateway_attachment_id=hub_attachment.id,
    transit_gateway_route_table_id=tables["spokes"].id,
)

# The spokes.
spokes = {}
for spoke in spoke_configs:
    name = spoke["name"]
    vpc = Vpc(name, spoke["cidr"], zones, {"private": 20, "tgw": 28}, flow_log_role)
    vpc.guard("private", [supernet])
    vpc.endpoints(spoke.get("endpoints", []), "private")
    attachment = attach(vpc, tables["spokes"])
    for table in tables.values():
        aws.ec2transitgateway.RouteTablePropagation(
            f"{name}-to-{'hub' if table is tables['hub'] else 'spokes'}",
            transit_gateway_attachment_id=attachment.id,
            transit_gateway_route_table_id=table.id,
            opts=pulumi.ResourceOptions(parent=attachment),
        )
    aws.ec2.Route(
        f"{name}-out",
        route_table_id=vpc.route_tables["private"].id,
        destination_cidr_block="0.0.0.0/0",
        transit_gateway_id=tgw.id,
        opts=pulumi.ResourceOptions(depends_on=[attachment]),
    )
    spokes[name] = vpc

pulumi.export("tgw_id", tgw.id)
pulumi.export("tgw_tables", {name: table.id for name, table in tables.items()})
pulumi.export("nat_ip", eip.public_ip)
pulumi.export("hub_vpc_id", hub.vpc.id)
pulumi.export("spoke_vpc_ids", {name: vpc.vpc.id for name, vpc in spokes.items()})
pulumi.export("spoke_tables", {name: vpc.route_tables["private"].id for name, vpc in spokes.items()})

# A VPC in another region, peered with the hub.
if peer_config:
    region = peer_config["region"]
    other_region = aws.Provider(region, region=region)
    elsewhere = pulumi.ResourceOptions(provider=other_region)

    far = aws.ec2.Vpc("far", cidr_block=peer_config["cidr"], tags={"Name": "far"}, opts=elsewhere)
    far_zone = aws.get_availability_zones_output(
        opts=pulumi.InvokeOutputOptions(provider=other_region)
    ).names[0]
    far_subnet = aws.ec2.Subnet(
        "far",
        vpc_id=far.id,
        cidr_block=far.cidr_block.apply(lambda cidr: cidr.replace("/16", "/24")),
        availability_zone=far_zone,
        opts=elsewhere,
    )
    peering = aws.ec2.VpcPeeringConnection(
        "hub-to-far", vpc_id=hub.vpc.id, peer_vpc_id=far.id, peer_region=region, auto_accept=False
    )
    accepted = aws.ec2.VpcPeeringConnectionAccepter(
        "hub-to-far", vpc_peering_connection_id=peering.id, auto_accept=True, opts=elsewhere
    )
    aws.ec2.Route(
        "hub-to-far",
        route_table_id=hub.route_tables["public"].id,
        destination_cidr_block=far.cidr_block,
        vpc_peering_connection_id=accepted.id,
    )
    aws.ec2.Route(
        "far-to-hub",
        route_table_id=far.main_route_table_id,
        destination_cidr_block=hub.vpc.cidr_block,
        vpc_peering_connection_id=accepted.id,
        opts=elsewhere,
    )
    pulumi.export("far_vpc_id", far.id)
    pulumi.export("far_zone", far_subnet.availability_zone)
    pulumi.export("peering_id", peering.id)
