"""Hub and spoke: an egress VPC and two spokes at a transit gateway, and the spokes peered for bulk traffic."""

import base64
import ipaddress

import pulumi
import pulumi_aws as aws

config = pulumi.Config()
peered = config.get_bool("peered")
peered = True if peered is None else peered

ZONES = aws.get_availability_zones(state="available").names[:2]
SUPERNET = "10.0.0.0/8"
SPOKES = {"app": "10.1.0.0/16", "data": "10.2.0.0/16"}

tgw = aws.ec2transitgateway.TransitGateway(
    "hub",
    description="hub of everything",
    amazon_side_asn=64512,
    default_route_table_association="disable",
    default_route_table_propagation="disable",
    tags={"Name": "hub"},
)
spoke_table = aws.ec2transitgateway.RouteTable("spokes", transit_gateway_id=tgw.id, tags={"Name": "spokes"})
egress_table = aws.ec2transitgateway.RouteTable("egress", transit_gateway_id=tgw.id, tags={"Name": "egress"})

resolvers = aws.ec2.VpcDhcpOptions(
    "resolvers", domain_name="corp.example.com", domain_name_servers=["AmazonProvidedDNS"]
)
corporate = aws.ec2.ManagedPrefixList(
    "corporate",
    address_family="IPv4",
    max_entries=5,
    entries=[{"cidr": cidr, "description": name} for name, cidr in SPOKES.items()],
)


class Spoke:
    """A VPC with a private subnet per zone, attached to the hub."""

    def __init__(self, name: str, cidr: str, ipv6: bool = False) -> None:
        self.name, self.cidr = name, cidr
        self.vpc = aws.ec2.Vpc(
            name,
            cidr_block=cidr,
            enable_dns_hostnames=True,
            assign_generated_ipv6_cidr_block=ipv6,
            tags={"Name": name},
        )
        aws.ec2.VpcDhcpOptionsAssociation(name, vpc_id=self.vpc.id, dhcp_options_id=resolvers.id)
        blocks = ipaddress.ip_network(cidr).subnets(new_prefix=20)
        self.subnets = [
            aws.ec2.Subnet(
                f"{name}-{zone[-1]}",
                vpc_id=self.vpc.id,
                cidr_block=str(next(blocks)),
                availability_zone=zone,
                ipv6_cidr_block=self._ipv6(number) if ipv6 else None,
                assign_ipv6_address_on_creation=ipv6,
                tags={"Name": f"{name}-{zone[-1]}"},
            )
            for number, zone in enumerate(ZONES)
        ]
        self.table = aws.ec2.RouteTable(
            f"{name}-private", vpc_id=self.vpc.id, tags={"Name": f"{name}-private"}
        )
        for zone, subnet in zip(ZONES, self.subnets, strict=True):
            aws.ec2.RouteTableAssociation(
                f"{name}-{zone[-1]}", subnet_id=subnet.id, route_table_id=self.table.id
            )
        self.attachment = aws.ec2transitgateway.VpcAttachment(
            name,
            transit_gateway_id=tgw.id,
            vpc_id=self.vpc.id,
            subnet_ids=[subnet.id for subnet in self.subnets],
            transit_gateway_default_route_table_association=False,
            transit_gateway_default_route_table_propagation=False,
            tags={"Name": name},
        )

    def _ipv6(self, number: int) -> pulumi.Output[str]:
        return self.vpc.ipv6_cidr_block.apply(
            lambda block: str(list(ipaddress.ip_network(block).subnets(new_prefix=64))[number])
        )

    def associate(
        self, table: aws.ec2transitgateway.RouteTable, name: str
    ) -> aws.ec2transitgateway.RouteTableAssociation:
        return aws.ec2transitgateway.RouteTableAssociation(
            name, transit_gateway_attachment_id=self.attachment.id, transit_gateway_route_table_id=table.id
        )

    def propagate(
        self, table: aws.ec2transitgateway.RouteTable, name: str
    ) -> aws.ec2transitgateway.RouteTablePropagation:
        return aws.ec2transitgateway.RouteTablePropagation(
            name, transit_gateway_attachment_id=self.attachment.id, transit_gateway_route_table_id=table.id
        )


# The way out: internet gateway and NAT in a VPC of their own.
egress = Spoke("egress", "10.0.0.0/16")
igw = aws.ec2.InternetGateway("egress")
attached = aws.ec2.InternetGatewayAttachment("egress", internet_gateway_id=igw.id, vpc_id=egress.vpc.id)
public = aws.ec2.Subnet(
    "egress-public", vpc_id=egress.vpc.id, cidr_block="10.0.240.0/20", availability_zone=ZONES[0]
)
nat = aws.ec2.NatGateway(
    "egress",
    subnet_id=public.id,
    allocation_id=aws.ec2.Eip("egress", domain="vpc").id,
    opts=pulumi.ResourceOptions(depends_on=[attached]),
)
public_table = aws.ec2.DefaultRouteTable(
    "egress-public",
    default_route_table_id=egress.vpc.default_route_table_id,
    routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": igw.id}],
    opts=pulumi.ResourceOptions(depends_on=[attached], ignore_changes=["routes"]),
)
aws.ec2.Route(
    "egress-out", route_table_id=egress.table.id, destination_cidr_block="0.0.0.0/0", nat_gateway_id=nat.id
)
aws.ec2.Route(
    "egress-back",
    route_table_id=egress.table.id,
    destination_prefix_list_id=corporate.id,
    transit_gateway_id=tgw.id,
    opts=pulumi.ResourceOptions(depends_on=[egress.attachment]),
)
egress.associate(egress_table, "egress")

# The spokes: everything goes to the hub, and the hub knows the way back.
spokes = {name: Spoke(name, cidr, ipv6=name == "app") for name, cidr in SPOKES.items()}
for name, spoke in spokes.items():
    spoke.associate(spoke_table, name)
    spoke.propagate(egress_table, name)
    aws.ec2.Route(
        f"{name}-to-hub",
        route_table_id=spoke.table.id,
        destination_cidr_block="0.0.0.0/0",
        transit_gateway_id=tgw.id,
        opts=pulumi.ResourceOptions(depends_on=[spoke.attachment]),
    )
aws.ec2transitgateway.Route(
    "spokes-out",
    destination_cidr_block="0.0.0.0/0",
    transit_gateway_attachment_id=egress.attachment.id,
    transit_gateway_route_table_id=spoke_table.id,
)
aws.ec2transitgateway.Route(
    "no-shortcuts",
    destination_cidr_block=SUPERNET,
    blackhole=True,
    transit_gateway_route_table_id=spoke_table.id,
)

app, data = spokes["app"], spokes["data"]
out6 = aws.ec2.EgressOnlyInternetGateway("app", vpc_id=app.vpc.id)
aws.ec2.Route(
    "app-out6",
    route_table_id=app.table.id,
    destination_ipv6_cidr_block="::/0",
    egress_only_gateway_id=out6.id,
)

if peered:
    peering = aws.ec2.VpcPeeringConnection(
        "app-data",
        vpc_id=app.vpc.id,
        peer_vpc_id=data.vpc.id,
        auto_accept=True,
        accepter={"allow_remote_vpc_dns_resolution": True},
        requester={"allow_remote_vpc_dns_resolution": True},
    )
    for here, there in ((app, data), (data, app)):
        aws.ec2.Route(
            f"{here.name}-to-{there.name}",
            route_table_id=here.table.id,
            destination_cidr_block=there.cidr,
            vpc_peering_connection_id=peering.id,
        )

# A few machines in the spokes.
image = aws.ec2.get_ami(
    most_recent=True,
    owners=["amazon"],
    filters=[
        {"name": "name", "values": ["al2023-ami-2023.*-x86_64"]},
        {"name": "virtualization-type", "values": ["hvm"]},
    ],
)
group = aws.ec2.SecurityGroup(
    "app",
    vpc_id=app.vpc.id,
    ingress=[{"protocol": "icmp", "from_port": -1, "to_port": -1, "prefix_list_ids": [corporate.id]}],
    egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
)
template = aws.ec2.LaunchTemplate(
    "workers",
    image_id=image.id,
    instance_type="t3.micro",
    vpc_security_group_ids=[group.id],
    user_data=base64.b64encode(b"#!/bin/sh\necho worker\n").decode(),
    metadata_options={"http_tokens": "required", "http_endpoint": "enabled"},
    tag_specifications=[{"resource_type": "instance", "tags": {"Name": "worker"}}],
)
workers = aws.autoscaling.Group(
    "workers",
    min_size=1,
    max_size=3,
    desired_capacity=2,
    vpc_zone_identifiers=[subnet.id for subnet in app.subnets],
    launch_template={"id": template.id, "version": template.latest_version.apply(str)},
    tags=[{"key": "Team", "value": "network", "propagate_at_launch": True}],
)
aws.autoscaling.Policy(
    "workers",
    autoscaling_group_name=workers.name,
    policy_type="TargetTrackingScaling",
    target_tracking_configuration={
        "predefined_metric_specification": {"predefined_metric_type": "ASGAverageCPUUtilization"},
        "target_value": 60,
    },
)
probe = aws.ec2.Instance(
    "probe",
    ami=image.id,
    instance_type="t3.micro",
    subnet_id=data.subnets[0].id,
    root_block_device={"volume_size": 16, "volume_type": "gp3", "encrypted": True},
    tags={"Name": "probe"},
)
scratch = aws.ebs.Volume("scratch", availability_zone=probe.availability_zone, size=10, type="gp3")
aws.ec2.VolumeAttachment("scratch", device_name="/dev/sdf", volume_id=scratch.id, instance_id=probe.id)

pulumi.export("hub", tgw.id)
pulumi.export("egress_table", egress_table.id)
pulumi.export("spoke_table", spoke_table.id)
pulumi.export("app_table", app.table.id)
pulumi.export("app_vpc", app.vpc.id)
pulumi.export("workers", workers.name)
pulumi.export("probe", probe.id)
pulumi.export("attachment", app.attachment.id)
