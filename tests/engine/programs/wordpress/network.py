"""A VPC over two zones: public subnets for the load balancer, private ones for everything else."""

import ipaddress

import pulumi
import pulumi_aws as aws


class Network(pulumi.ComponentResource):
    def __init__(self, name, cidr_block, zones=2, opts=None):
        super().__init__("wordpress:network:Network", name, {}, opts)
        self._name = name
        self.child = pulumi.ResourceOptions(parent=self)

        self.vpc = aws.ec2.Vpc(
            name,
            cidr_block=cidr_block,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags={"Name": name},
            opts=self.child,
        )
        self.gateway = aws.ec2.InternetGateway(name, vpc_id=self.vpc.id, tags={"Name": name}, opts=self.child)

        names = aws.get_availability_zones(state="available").names[:zones]
        blocks = list(ipaddress.ip_network(cidr_block).subnets(new_prefix=24))

        public_routes = aws.ec2.RouteTable(
            f"{name}-public",
            vpc_id=self.vpc.id,
            routes=[aws.ec2.RouteTableRouteArgs(cidr_block="0.0.0.0/0", gateway_id=self.gateway.id)],
            tags={"Name": f"{name}-public"},
            opts=self.child,
        )
        self.public_subnets = self._subnets("public", names, blocks[:zones], public_routes, public=True)

        eip = aws.ec2.Eip(f"{name}-nat", domain="vpc", opts=self.child)
        nat = aws.ec2.NatGateway(
            name,
            allocation_id=eip.allocation_id,
            subnet_id=self.public_subnets[0].id,
            tags={"Name": name},
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self.gateway]),
        )
        private_routes = aws.ec2.RouteTable(
            f"{name}-private",
            vpc_id=self.vpc.id,
            routes=[{"cidr_block": "0.0.0.0/0", "nat_gateway_id": nat.id}],
            tags={"Name": f"{name}-private"},
            opts=self.child,
        )
        self.private_subnets = self._subnets("private", names, blocks[100 : 100 + zones], private_routes)
        self.register_outputs({"vpc_id": self.vpc.id, "nat_ip": eip.public_ip})

    def _subnets(self, tier, zones, blocks, routes, public=False):
        made = []
        for zone, block in zip(zones, blocks, strict=True):
            name = f"{self._name}-{tier}-{zone}"
            subnet = aws.ec2.Subnet(
                name,
                vpc_id=self.vpc.id,
                cidr_block=str(block),
                availability_zone=zone,
                map_public_ip_on_launch=public,
                tags={"Name": name, "Tier": tier},
                opts=self.child,
            )
            aws.ec2.RouteTableAssociation(
                name,
                subnet_id=subnet.id,
                route_table_id=routes.id,
                opts=pulumi.ResourceOptions(parent=subnet),
            )
            made.append(subnet)
        return made
